import type { JsonSchema } from './schema-of-samples.ts';
import { asSchema, type SchemaPath, type SchemaType } from './schema-rows.ts';

/** Keywords that mean something for one type alone; they go when the type becomes another. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['format', 'pattern', 'minLength', 'maxLength'],
};

/** The schema with another type at this place. */
export function setType(schema: JsonSchema, path: SchemaPath, type: SchemaType, orNull: boolean): JsonSchema {
  return changeAt(schema, path, ({ type: _before, ...node }) => {
    const foreign = Object.entries(OF_TYPE).flatMap(([of, keywords]) => (of === type ? [] : keywords));
    const kept = Object.fromEntries(Object.entries(node).filter(([key]) => type === 'any' || !foreign.includes(key)));
    return { ...(type === 'any' ? {} : { type: orNull && type !== 'null' ? [type, 'null'] : type }), ...kept };
  });
}

/** The schema with another text for `format` or `description` at this place; an empty one takes the keyword away. */
export function setText(schema: JsonSchema, path: SchemaPath, keyword: 'format' | 'description', text: string) {
  return changeAt(schema, path, ({ [keyword]: _before, ...node }) =>
    text === '' ? node : { ...node, [keyword]: text },
  );
}

/** The schema with the field at this path asked for, or not. */
export function setRequired(schema: JsonSchema, path: SchemaPath, isRequired: boolean): JsonSchema {
  const name = path.at(-1)!;
  return changeAt(schema, path.slice(0, -2), ({ required, ...node }) => {
    const others = requiredIn(required).filter((each) => each !== name);
    const names = isRequired ? [...others, name] : others;
    return names.length > 0 ? { ...node, required: names } : node;
  });
}

/** The schema with the field renamed in its place; undefined where the name is empty or taken. */
export function renameField(schema: JsonSchema, path: SchemaPath, name: string): JsonSchema | undefined {
  const before = path.at(-1)!;
  const siblings = asSchema(asSchema(at(schema, path.slice(0, -2))).properties);
  if (name === '' || (name !== before && Object.hasOwn(siblings, name))) return undefined;
  const renamed = (each: string) => (each === before ? name : each);
  return changeAt(schema, path.slice(0, -2), (node) => ({
    ...node,
    ...(node.required === undefined ? {} : { required: requiredIn(node.required).map(renamed) }),
    properties: Object.fromEntries(Object.entries(siblings).map(([each, inner]) => [renamed(each), inner])),
  }));
}

/** The schema without the field at this path. */
export function removeField(schema: JsonSchema, path: SchemaPath): JsonSchema {
  const name = path.at(-1)!;
  return changeAt(setRequired(schema, path, false), path.slice(0, -2), (node) => {
    const { [name]: _gone, ...properties } = asSchema(node.properties);
    return { ...node, properties };
  });
}

/** The schema with one more field in the object at this path, and where it is. */
export function addField(schema: JsonSchema, path: SchemaPath): { schema: JsonSchema; path: SchemaPath } {
  const properties = asSchema(asSchema(at(schema, path)).properties);
  let number = Object.keys(properties).length + 1;
  while (Object.hasOwn(properties, `field${number}`)) number += 1;
  const name = `field${number}`;
  return {
    schema: changeAt(schema, path, (node) => ({ ...node, properties: { ...properties, [name]: { type: 'string' } } })),
    path: [...path, 'properties', name],
  };
}

function at(schema: JsonSchema, path: SchemaPath): unknown {
  return path.reduce<unknown>((node, key) => asSchema(node)[key], schema);
}

function changeAt(schema: unknown, path: SchemaPath, change: (node: JsonSchema) => JsonSchema): JsonSchema {
  const [key, ...rest] = path;
  const node = asSchema(schema);
  return key === undefined ? change(node) : { ...node, [key]: changeAt(node[key], rest, change) };
}

const requiredIn = (required: unknown): string[] => (Array.isArray(required) ? required.map(String) : []);
