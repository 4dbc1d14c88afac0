import { type FieldShape, fewExamples, type ObjectShape, type Scalar, type ScalarShape, type Shape } from './shape.ts';

/** The shape of a value that has the one shape or the other. Neither order nor grouping matters. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  const description = firstOf(a.description, b.description);
  return {
    ...(a.any || b.any ? { any: true } : {}),
    ...(description === undefined ? {} : { description }),
    ...present(
      'null',
      either(a.null, b.null, (x, y) => ({ seen: x.seen + y.seen })),
    ),
    ...present('string', either(a.string, b.string, mergeScalars)),
    ...present('number', either(a.number, b.number, mergeScalars)),
    ...present('boolean', either(a.boolean, b.boolean, mergeScalars)),
    ...present('object', either(a.object, b.object, mergeObjects)),
    ...present(
      'array',
      either(a.array, b.array, (x, y) => ({ seen: x.seen + y.seen, items: mergeShapes(x.items, y.items) })),
    ),
  };
}

/** The shape of a value that has both shapes, such as under a schema's `allOf`. */
export function intersectShapes(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  const description = a.description ?? b.description;
  const both = <T>(x: T | undefined, y: T | undefined, combine: (x: T, y: T) => T): T | undefined =>
    x !== undefined && y !== undefined ? combine(x, y) : (b.any && x) || (a.any && y) || undefined;
  return {
    ...(a.any && b.any ? { any: true } : {}),
    ...(description === undefined ? {} : { description }),
    ...present(
      'null',
      both(a.null, b.null, (x) => x),
    ),
    ...present('string', both(a.string, b.string, narrowScalars)),
    ...present('number', both(a.number, b.number, narrowScalars)),
    ...present('boolean', both(a.boolean, b.boolean, narrowScalars)),
    ...present('object', both(a.object, b.object, intersectObjects)),
    ...present(
      'array',
      both(a.array, b.array, (x, y) => ({ seen: 1, items: intersectShapes(x.items, y.items) })),
    ),
  };
}

const either = <T>(a: T | undefined, b: T | undefined, combine: (a: T, b: T) => T): T | undefined =>
  a !== undefined && b !== undefined ? combine(a, b) : (a ?? b);

const present = <Name extends string, T>(name: Name, value: T | undefined): { [K in Name]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [K in Name]: T });

/** The one that sorts first, so that order does not matter. */
function firstOf(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function mergeScalars(a: ScalarShape, b: ScalarShape): ScalarShape {
  const values = a.values && b.values ? sorted([...a.values, ...b.values]) : undefined;
  return {
    seen: a.seen + b.seen,
    examples: fewExamples([...a.examples, ...b.examples]),
    ...(values ? { values } : {}),
    ...(a.format !== undefined && a.format === b.format ? { format: a.format } : {}),
  };
}

function narrowScalars(a: ScalarShape, b: ScalarShape): ScalarShape {
  const values = a.values && b.values ? a.values.filter((value) => b.values?.includes(value)) : (a.values ?? b.values);
  const format = a.format ?? b.format;
  return {
    seen: 1,
    examples: fewExamples(values ?? [...a.examples, ...b.examples]),
    ...(values ? { values } : {}),
    ...(format === undefined ? {} : { format }),
  };
}

const sorted = (values: readonly Scalar[]): Scalar[] =>
  [...new Set(values)].sort((a, b) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0));

function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const fields = new Map(a.fields);
  for (const [name, field] of b.fields) {
    const other = fields.get(name);
    fields.set(name, other ? { shape: mergeShapes(other.shape, field.shape), seen: other.seen + field.seen } : field);
  }
  const rest = either(a.rest, b.rest, mergeShapes);
  return { seen: a.seen + b.seen, fields, isOpen: a.isOpen || b.isOpen, ...(rest ? { rest } : {}) };
}

function intersectObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const needed = ({ seen }: ObjectShape, field: FieldShape | undefined): number =>
    field && field.seen >= seen ? 1 : 0;
  const fields = [...new Set([...a.fields.keys(), ...b.fields.keys()])].map((name): [string, FieldShape] => {
    const [one, other] = [a.fields.get(name), b.fields.get(name)];
    const shape = one && other ? intersectShapes(one.shape, other.shape) : ((one ?? other) as FieldShape).shape;
    return [name, { shape, seen: Math.max(needed(a, one), needed(b, other)) }];
  });
  const rest = either(a.rest, b.rest, intersectShapes);
  return { seen: 1, fields: new Map(fields), isOpen: a.isOpen && b.isOpen, ...(rest ? { rest } : {}) };
}
