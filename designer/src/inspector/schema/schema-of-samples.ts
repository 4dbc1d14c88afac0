/** A JSON Schema (2020-12) as an object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const FORMATS: readonly (readonly [format: string, pattern: RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['uri', /^[a-z][a-z0-9+.-]*:\/\/\S+$/i],
];

/**
 * The schema that all samples fit and that says as much as they do: types, fields that every object has as required, one schema for all elements of a
 * list, the format of texts that are all dates, addresses and the like. Other fields stay allowed. Where samples hold only null, or there are none,
 * nothing is known of the values to come, and anything fits.
 */
export function schemaOfSamples(samples: readonly unknown[]): JsonSchema {
  if (samples.every((value) => value === null)) return {};
  const types = typesOf(samples);
  const texts = samples.filter((value) => typeof value === 'string');
  const lists = samples.filter((value): value is unknown[] => Array.isArray(value));
  const objects = samples.filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const elements = lists.flat();
  return {
    type: types.length === 1 ? types[0] : types,
    ...formatOf(texts),
    ...(objects.length > 0 ? fieldsOf(objects) : {}),
    ...(elements.length > 0 ? { items: schemaOfSamples(elements) } : {}),
  };
}

function typesOf(samples: readonly unknown[]): string[] {
  const types = new Set(samples.map(typeOf));
  // Every integer is a number.
  if (types.has('number')) types.delete('integer');
  return [...types];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function formatOf(texts: readonly string[]): { format?: string } {
  if (texts.length === 0) return {};
  const found = FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)));
  return found ? { format: found[0] } : {};
}

function fieldsOf(objects: readonly Record<string, unknown>[]) {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const having = (name: string) => objects.filter((object) => Object.hasOwn(object, name));
  const required = names.filter((name) => having(name).length === objects.length);
  return {
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(names.map((name) => [name, schemaOfSamples(having(name).map((one) => one[name]))])),
  };
}
