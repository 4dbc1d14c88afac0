import { intersectShapes, mergeShapes } from './merge-shapes.ts';
import { ANY, type FieldShape, fewExamples, NEVER, type ObjectShape, type Scalar, type Shape } from './shape.ts';
import { shapeOfSamples } from './shape-of-samples.ts';

/** Deep enough for a person to write a path through; a schema may hold itself. */
const MAX_DEPTH = 24;
const MAX_NODES = 20_000;
const MAX_SAME_REFERENCE = 2;

type Schema = Readonly<Record<string, unknown>>;

/** The shape that a JSON Schema (2020-12) allows. What is not understood, such as a reference to elsewhere, may be anything. */
export function shapeOfSchema(schema: unknown): Shape {
  return new SchemaReader(schema).shapeOf(schema, []);
}

class SchemaReader {
  readonly #root: unknown;
  #nodes = 0;

  constructor(root: unknown) {
    this.#root = root;
  }

  shapeOf(schema: unknown, references: readonly string[]): Shape {
    if (schema === false) return NEVER;
    this.#nodes++;
    if (!isRecord(schema) || references.length > MAX_DEPTH || this.#nodes > MAX_NODES) return ANY;
    let shape = described(this.#own(schema, references), schema);
    for (const part of listOf(schema.allOf)) shape = intersectShapes(shape, this.shapeOf(part, references));
    for (const options of [listOf(schema.anyOf), listOf(schema.oneOf)]) {
      if (options.length === 0) continue;
      const merged = options.map((option) => this.shapeOf(option, references)).reduce(mergeShapes);
      shape = intersectShapes(shape, merged);
    }
    return typeof schema.$ref === 'string' ? intersectShapes(shape, this.#referred(schema.$ref, references)) : shape;
  }

  #referred(reference: string, references: readonly string[]): Shape {
    if (!reference.startsWith('#') || references.filter((one) => one === reference).length >= MAX_SAME_REFERENCE)
      return ANY;
    return this.shapeOf(this.#at(reference), [...references, reference]);
  }

  #at(reference: string): unknown {
    let at: unknown = this.#root;
    for (const part of reference.slice(1).split('/').slice(1)) {
      const name = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
      at = isRecord(at) || Array.isArray(at) ? (at as Schema)[name] : undefined;
    }
    return at;
  }

  #own(schema: Schema, references: readonly string[]): Shape {
    if ('const' in schema) return exactly([schema.const]);
    if (Array.isArray(schema.enum)) return exactly(schema.enum);
    const named = [schema.type].flat().filter((type) => typeof type === 'string');
    const types = named.length > 0 ? named : impliedTypes(schema);
    if (types.length === 0) return ANY;
    const scalar = {
      seen: 1,
      examples: fewExamples([...listOf(schema.examples), schema.default].filter(isScalar)),
      ...(typeof schema.format === 'string' ? { format: schema.format } : {}),
    };
    const only = (type: string) => ({ ...scalar, examples: scalar.examples.filter((one) => typeof one === type) });
    return {
      ...(types.includes('string') ? { string: only('string') } : {}),
      ...(types.includes('number') || types.includes('integer') ? { number: only('number') } : {}),
      ...(types.includes('boolean') ? { boolean: only('boolean') } : {}),
      ...(types.includes('null') ? { null: { seen: 1 } } : {}),
      ...(types.includes('object') ? { object: this.#object(schema, references) } : {}),
      ...(types.includes('array') ? { array: { seen: 1, items: this.#items(schema, references) } } : {}),
    };
  }

  #object(schema: Schema, references: readonly string[]): ObjectShape {
    const required = listOf(schema.required);
    const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
    const unnamed = required.filter((name) => !properties.some(([property]) => property === name));
    const fields = [...properties, ...unnamed.map((name) => [String(name), true] as const)].map(
      ([name, property]): [string, FieldShape] => [
        name,
        { shape: this.shapeOf(property, [...references, name]), seen: required.includes(name) ? 1 : 0 },
      ],
    );
    const others = [
      schema.additionalProperties,
      ...(isRecord(schema.patternProperties) ? Object.values(schema.patternProperties) : []),
    ].filter(isRecord);
    const rest = others.map((other) => this.shapeOf(other, [...references, '*']));
    const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
    return {
      seen: 1,
      fields: new Map(fields),
      isOpen: !isClosed || rest.length > 0,
      ...(rest.length > 0 ? { rest: rest.reduce(mergeShapes) } : {}),
    };
  }

  #items(schema: Schema, references: readonly string[]): Shape {
    const within = [...references, '[]'];
    const first = listOf(schema.prefixItems).map((item) => this.shapeOf(item, within));
    if (first.length === 0) return this.shapeOf(schema.items ?? true, within);
    const further = schema.items === undefined || schema.items === false ? [] : [this.shapeOf(schema.items, within)];
    return [...first, ...further].reduce(mergeShapes);
  }
}

function described(shape: Shape, { description, title }: Schema): Shape {
  const text = typeof description === 'string' ? description : title;
  return typeof text === 'string' ? { ...shape, description: text } : shape;
}

/** The shape of a few values that are all there are. */
function exactly(values: readonly unknown[]): Shape {
  const shape = shapeOfSamples(values);
  const all = (type: string) => values.filter(isScalar).filter((value) => typeof value === type);
  return {
    ...shape,
    ...(shape.string ? { string: { ...shape.string, values: all('string') } } : {}),
    ...(shape.number ? { number: { ...shape.number, values: all('number') } } : {}),
    ...(shape.boolean ? { boolean: { ...shape.boolean, values: all('boolean') } } : {}),
  };
}

function impliedTypes(schema: Schema): string[] {
  if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema) return ['object'];
  if ('items' in schema || 'prefixItems' in schema) return ['array'];
  if ('pattern' in schema || 'minLength' in schema || 'format' in schema) return ['string'];
  return 'minimum' in schema || 'maximum' in schema || 'multipleOf' in schema ? ['number'] : [];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);
