type Fields = Record<string, unknown>;

/**
 * What of two JSON values differs: objects are compared field by field and lists whose items have ids item by item, so that a change of
 * one field in a long document gives that field alone on both sides. `undefined` on a side is what that side does not have.
 */
export function differingParts(before: unknown, after: unknown): { before: unknown; after: unknown } | undefined {
  const [a, b] = [fieldsOf(before), fieldsOf(after)];
  if (!a || !b) return isSame(before, after) ? undefined : { before, after };
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const parts = [...names].flatMap((name) => {
    const part = differingParts(fieldOf(a, name), fieldOf(b, name));
    return part ? [{ name, ...part }] : [];
  });
  if (parts.length === 0) return undefined;
  const side = (which: 'before' | 'after'): Fields =>
    Object.fromEntries(parts.flatMap((part) => (part[which] === undefined ? [] : [[part.name, part[which]]])));
  return { before: side('before'), after: side('after') };
}

/** Its own, whatever it is called: `__proto__` is a name like any other. */
function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** An object's fields, or the items of a list by their ids; undefined for what has to be compared as a whole. */
function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return value as Fields;
  const ids = value.map((item) =>
    typeof item === 'object' && item !== null ? (item as { id?: unknown }).id : undefined,
  );
  const haveIds = ids.length > 0 && ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  return haveIds ? Object.fromEntries(ids.map((id, index) => [id, value[index]])) : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
