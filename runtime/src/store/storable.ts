/** PostgreSQL keeps neither NUL nor half a surrogate pair; a replacement character stands for them. */
export function storableText(value: string, maxLength?: number): string {
  const text = value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  return (maxLength === undefined ? text : text.slice(0, maxLength)).toWellFormed();
}

/** A JSON value as the text of a `jsonb` column, keys and strings made storable. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return MAY_BE_REFUSED.test(text) ? JSON.stringify(storable(value)) : text;
}

const MAY_BE_REFUSED = /\\u(?:0000|d[89a-f])/i;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(storable);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [storableText(key), storable(child)]));
}
