import type { FieldShape, Shape } from './shape.ts';

/** The same shape in which nothing needs to be there, as of an example of what something may look like. */
export function optionalShape(shape: Shape): Shape {
  const { object, array } = shape;
  return {
    ...shape,
    ...(array ? { array: { ...array, items: optionalShape(array.items) } } : {}),
    ...(object ? { object: { ...object, fields: new Map([...object.fields].map(optionalField)) } } : {}),
  };
}

const optionalField = ([name, { shape }]: [string, FieldShape]): [string, FieldShape] => [
  name,
  { shape: optionalShape(shape), seen: 0 },
];
