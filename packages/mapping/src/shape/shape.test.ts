import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeShapes } from './merge-shapes.ts';
import { optionalShape } from './optional-shape.ts';
import { isOptional, type Shape } from './shape.ts';
import { shapeOfSamples } from './shape-of-samples.ts';
import { shapeOfSchema } from './shape-of-schema.ts';
import { shapeText } from './shape-text.ts';

/** Few names, so that samples meet in them. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, '', 'a', 'long '.repeat(20), 0, 1, 2.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString'), tie('value'), { maxKeys: 3 }),
  ),
})).value;
const samples = fc.array(json, { maxLength: 4 });

describe('shapeOfSamples', () => {
  test('each sample conforms to the shape of all', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const shape = shapeOfSamples(values);
        expect(values.every((value) => conforms(value, shape))).toBe(true);
      }),
    );
  });

  test('samples together have the shape of their shapes merged', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        expect(mergeShapes(shapeOfSamples(a), shapeOfSamples(b))).toEqual(shapeOfSamples([...a, ...b]));
      }),
    );
  });

  test('counts in how many objects a field was', () => {
    const { object } = shapeOfSamples([{ a: 1, b: 2 }, { a: 3 }]);
    expect([...object!.fields].map(([name, field]) => [name, field.seen, isOptional(object!, field)])).toEqual([
      ['a', 2, false],
      ['b', 1, true],
    ]);
  });

  test('keeps a few short examples, empty ones last', () => {
    const { string } = shapeOfSamples(['', 'x'.repeat(100), 'b', 'c', 'a']);
    expect(string?.examples).toEqual(['a', 'b', 'c']);
    expect(shapeOfSamples(['', 'x'.repeat(100)]).string?.examples).toEqual([`${'x'.repeat(39)}…`, '']);
  });
});

describe('mergeShapes', () => {
  const shape = samples.map(shapeOfSamples);

  test('does not depend on order or grouping', () => {
    fc.assert(
      fc.property(shape, shape, shape, (a, b, c) => {
        expect(mergeShapes(a, b)).toEqual(mergeShapes(b, a));
        expect(mergeShapes(mergeShapes(a, b), c)).toEqual(mergeShapes(a, mergeShapes(b, c)));
      }),
    );
  });

  test('a shape merged with itself says the same', () => {
    fc.assert(
      fc.property(shape, (one) => {
        expect(shapeText(mergeShapes(one, structuredClone(one)), 9)).toBe(shapeText(one, 9));
      }),
    );
  });
});

describe('shapeOfSchema', () => {
  const text = (schema: unknown, depth = 3) => shapeText(shapeOfSchema(schema), depth);

  test.each([
    [
      { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'integer' } } },
      '{ a: string, b?: number }',
    ],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ enum: ['new', 'paid', 3] }, '"new" | "paid" | 3'],
    [{ const: 'EA' }, '"EA"'],
    [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
    [{ prefixItems: [{ type: 'string' }, { type: 'number' }], items: false }, '(string | number)[]'],
    [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'string | string[]'],
    [
      {
        type: 'object',
        allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'], properties: { b: { const: 1 } } }],
      },
      '{ a: string, b?: 1 }',
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ *: number }'],
    [
      {
        $ref: '#/$defs/a',
        $defs: { a: { type: 'object', properties: { b: { $ref: '#/$defs/b~1c' } } }, 'b/c': { type: 'boolean' } },
      },
      '{ b?: boolean }',
    ],
    [true, 'any'],
    [{ $ref: 'https://example.test/schema' }, 'any'],
  ])('%j', (schema, expected) => {
    expect(text(schema)).toBe(expected);
  });

  test('ends where a schema holds itself', () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    };
    expect(text(tree, 9)).toBe('{ next?: { next?: any } }');
  });

  test('takes descriptions', () => {
    const { object } = shapeOfSchema({ properties: { a: { type: 'string', description: 'What it is' } } });
    expect(object?.fields.get('a')?.shape.description).toBe('What it is');
  });
});

function conforms(value: unknown, shape: Shape): boolean {
  if (shape.any) return true;
  if (value === null) return shape.null !== undefined;
  if (Array.isArray(value))
    return shape.array !== undefined && value.every((item) => conforms(item, shape.array!.items));
  if (typeof value === 'object') {
    const { object } = shape;
    return (
      object !== undefined &&
      Object.entries(value).every(([name, inner]) => {
        const field = object.fields.get(name);
        return field !== undefined && conforms(inner, field.shape);
      }) &&
      [...object.fields].every(([name, field]) => isOptional(object, field) || Object.hasOwn(value, name))
    );
  }
  return shape[typeof value as 'string'] !== undefined;
}

test('an example requires nothing', () => {
  const shape = optionalShape(shapeOfSamples([{ orderNo: '#1', lines: [{ sku: 'A' }] }]));
  expect(shapeText(shape, 3)).toBe('{ orderNo?: string, lines?: { sku?: string }[] }');
});
