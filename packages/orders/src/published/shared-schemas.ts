const PREFIX = '#/components/schemas/';

/** The schemas with each shared part written once under its title, and a reference in its places. All are plain JSON. */
export function shareParts(
  schemas: Readonly<Record<string, object>>,
  parts: readonly { readonly title?: unknown }[],
): Readonly<Record<string, object>> {
  const nameByText = new Map(parts.map((part) => [JSON.stringify(part), String(part.title).replaceAll(' ', '')]));
  const share = (value: unknown, isPart = false): unknown => {
    const name = isPart ? undefined : nameByText.get(JSON.stringify(value));
    if (name !== undefined) return { $ref: PREFIX + name };
    if (Array.isArray(value)) return value.map((one) => share(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, share(inner)]));
  };
  const shared = parts.map((part) => [nameByText.get(JSON.stringify(part)), share(part, true)] as const);
  const rest = Object.entries(schemas).map(([name, schema]) => [name, share(schema)] as const);
  return Object.fromEntries([...shared, ...rest]) as Readonly<Record<string, object>>;
}

/** The schema with what its references name in their places. Throws a `RangeError` for a reference that leads nowhere. */
export function withoutReferences(schema: unknown, schemas: Readonly<Record<string, object>>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => withoutReferences(one, schemas));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref } = schema as { $ref?: unknown };
  if (typeof $ref === 'string') {
    const named = schemas[$ref.slice(PREFIX.length)];
    if (named === undefined || !$ref.startsWith(PREFIX)) throw new RangeError(`the reference "${$ref}" leads nowhere`);
    return withoutReferences(named, schemas);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, withoutReferences(inner, schemas)]));
}
