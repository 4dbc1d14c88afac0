import { isNever, isOptional, type ObjectShape, type Scalar, type ScalarShape, type Shape } from './shape.ts';

const MAX_FIELDS = 5;
const MAX_VALUES = 4;

/** A short type text, such as `{ sku: string, qty: number, note?: string }[]`. */
export function shapeText(shape: Shape, depth = 1): string {
  if (isNever(shape)) return 'nothing';
  const options = [
    ...(shape.string ? [scalarText('string', shape.string)] : []),
    ...(shape.number ? [scalarText('number', shape.number)] : []),
    ...(shape.boolean ? [scalarText('boolean', shape.boolean)] : []),
    ...(shape.object ? [objectText(shape.object, depth)] : []),
    ...(shape.array ? [arrayText(shape.array.items, depth)] : []),
    ...(shape.null ? ['null'] : []),
    ...(shape.any ? ['any'] : []),
  ];
  return options.join(' | ');
}

/** The type text of an array of such elements. */
export function arrayText(items: Shape, depth = 1): string {
  if (isNever(items)) return '[]';
  const text = shapeText(items, depth);
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})[]` : `${text}[]`;
}

function scalarText(kind: string, { values, format }: ScalarShape): string {
  if (values && values.length > 0 && values.length <= MAX_VALUES) return values.map(valueText).join(' | ');
  return format === undefined ? kind : `${kind} (${format})`;
}

/** A scalar as it is written in a mapping. */
export const valueText = (value: Scalar): string => JSON.stringify(value);

function objectText(object: ObjectShape, depth: number): string {
  const names = [...object.fields];
  if (names.length === 0) return object.rest ? `{ *: ${shapeText(object.rest, 0)} }` : '{}';
  if (depth <= 0) return '{…}';
  const shown = names.slice(0, MAX_FIELDS).map(([name, field]) => {
    return `${name}${isOptional(object, field) ? '?' : ''}: ${shapeText(field.shape, depth - 1)}`;
  });
  return `{ ${shown.join(', ')}${names.length > MAX_FIELDS ? ', …' : ''} }`;
}
