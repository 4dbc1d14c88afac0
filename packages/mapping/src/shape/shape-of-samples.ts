import { ANY, fewExamples, type ObjectShape, type Scalar, type ScalarShape, type Shape } from './shape.ts';

const MAX_DEPTH = 40;

/** The shape of payloads that were seen: each field with how many of them had it. In time linear in their size. */
export function shapeOfSamples(samples: readonly unknown[]): Shape {
  return shapeOf(samples, 0);
}

function shapeOf(values: readonly unknown[], depth: number): Shape {
  if (depth > MAX_DEPTH) return ANY;
  const strings: string[] = [];
  const numbers: number[] = [];
  const booleans: boolean[] = [];
  const objects: Readonly<Record<string, unknown>>[] = [];
  const arrays: (readonly unknown[])[] = [];
  let nulls = 0;
  for (const value of values) {
    if (value === null) nulls++;
    else if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'number') numbers.push(value);
    else if (typeof value === 'boolean') booleans.push(value);
    else if (Array.isArray(value)) arrays.push(value);
    else if (typeof value === 'object') objects.push(value as Record<string, unknown>);
  }
  return {
    ...(strings.length > 0 ? { string: scalarsOf(strings) } : {}),
    ...(numbers.length > 0 ? { number: scalarsOf(numbers) } : {}),
    ...(booleans.length > 0 ? { boolean: scalarsOf(booleans) } : {}),
    ...(objects.length > 0 ? { object: objectsOf(objects, depth) } : {}),
    ...(arrays.length > 0 ? { array: { seen: arrays.length, items: shapeOf(arrays.flat(), depth + 1) } } : {}),
    ...(nulls > 0 ? { null: { seen: nulls } } : {}),
  };
}

const scalarsOf = (values: readonly Scalar[]): ScalarShape => ({ seen: values.length, examples: fewExamples(values) });

function objectsOf(objects: readonly Readonly<Record<string, unknown>>[], depth: number): ObjectShape {
  const valuesOf = new Map<string, unknown[]>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) {
      if (value === undefined) continue;
      const values = valuesOf.get(name);
      if (values) values.push(value);
      else valuesOf.set(name, [value]);
    }
  }
  const fields = [...valuesOf].map(
    ([name, values]) => [name, { shape: shapeOf(values, depth + 1), seen: values.length }] as const,
  );
  return { seen: objects.length, fields: new Map(fields), isOpen: false };
}
