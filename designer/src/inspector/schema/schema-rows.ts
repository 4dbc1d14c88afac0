import type { JsonSchema } from './schema-of-samples.ts';

/** Types as the tree offers them; `any` is a schema without `type`. */
export const SCHEMA_TYPES = ['any', 'string', 'integer', 'number', 'boolean', 'object', 'array', 'null'] as const;
export type SchemaType = (typeof SCHEMA_TYPES)[number];

/** Texts that a schema may ask for, see JSON Schema 2020-12 §7.3. */
export const SCHEMA_FORMATS = ['date-time', 'date', 'time', 'email', 'uri', 'uuid', 'hostname', 'ipv4'] as const;

/** Keys that lead from the schema to one inside it, such as `['properties', 'lines', 'items']`. */
export type SchemaPath = readonly string[];

/** A schema inside a schema, as a line of the tree. */
export interface SchemaRow {
  readonly path: SchemaPath;
  readonly depth: number;
  /** `root`: the schema itself; `items`: what each element of a list is. */
  readonly place: 'root' | 'field' | 'items';
  readonly name: string;
  /** Undefined where it is of several types, which the text alone shows. */
  readonly type: SchemaType | undefined;
  /** The type with null beside it. */
  readonly orNull: boolean;
  readonly isRequired: boolean;
  readonly format: string;
  readonly description: string;
  /** It holds keywords that the tree does not show; they stay as they are. */
  readonly hasMore: boolean;
}

const SHOWN = new Set(['type', 'format', 'description', 'properties', 'required', 'items', '$schema', 'title']);

/** The lines of the tree, from the outside in, fields in their order. What is no object (a schema may be `true`) has none below it. */
export function schemaRows(schema: JsonSchema): SchemaRow[] {
  return rowsAt(schema, [], 0, 'root', '', false);
}

function rowsAt(
  schema: unknown,
  path: SchemaPath,
  depth: number,
  place: SchemaRow['place'],
  name: string,
  isRequired: boolean,
): SchemaRow[] {
  const node = asSchema(schema);
  const { type, orNull } = typeIn(node);
  const required = Array.isArray(node.required) ? node.required : [];
  const row: SchemaRow = {
    ...{ path, depth, place, name, type, orNull, isRequired },
    format: text(node.format),
    description: text(node.description),
    hasMore: typeof schema === 'boolean' || Object.keys(node).some((key) => !SHOWN.has(key)),
  };
  const fields = Object.entries(asSchema(node.properties)).flatMap(([field, inner]) =>
    rowsAt(inner, [...path, 'properties', field], depth + 1, 'field', field, required.includes(field)),
  );
  const items = type === 'array' ? rowsAt(node.items ?? {}, [...path, 'items'], depth + 1, 'items', '', false) : [];
  return [row, ...fields, ...items];
}

function typeIn(node: JsonSchema): { type: SchemaType | undefined; orNull: boolean } {
  const types = node.type === undefined ? [] : [node.type].flat();
  const [first, ...others] = types.filter((each) => each !== 'null');
  const orNull = types.length > 1 && types.includes('null');
  if (first === undefined) return { type: types.length > 0 ? 'null' : 'any', orNull: false };
  return { type: others.length === 0 ? SCHEMA_TYPES.find((type) => type === first) : undefined, orNull };
}

/** A part of a schema as an object; anything else has no keywords. */
export const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
