import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addField, removeField, renameField, setRequired, setText, setType } from './edit-schema.ts';
import { type JsonSchema, schemaOfSamples } from './schema-of-samples.ts';
import { schemaRows } from './schema-rows.ts';

const order = { orderNo: 'A-1', placedAt: '2027-03-01T10:00:00Z', lines: [{ sku: 'x', qty: 1 }, { sku: 'y' }] };

describe('the schema of samples', () => {
  test('tells types, formats, lists, and as required what every object has', () => {
    expect(schemaOfSamples([order, { orderNo: 'A-2', lines: [] }])).toEqual({
      type: 'object',
      required: ['orderNo', 'lines'],
      properties: {
        orderNo: { type: 'string' },
        placedAt: { type: 'string', format: 'date-time' },
        lines: {
          type: 'array',
          items: {
            type: 'object',
            required: ['sku'],
            properties: { sku: { type: 'string' }, qty: { type: 'integer' } },
          },
        },
      },
    });
    expect(schemaOfSamples([1, 2.5, null])).toEqual({ type: ['number', 'null'] });
    expect(schemaOfSamples([])).toEqual({});
  });

  test('says nothing of what was only ever null: the next one may have a value there', () => {
    expect(schemaOfSamples([{ cancelledAt: null, tags: [null] }])).toEqual({
      type: 'object',
      required: ['cancelledAt', 'tags'],
      properties: { cancelledAt: {}, tags: { type: 'array', items: {} } },
    });
  });

  test('is one that every sample fits', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), (samples) => {
        const plain = JSON.parse(JSON.stringify(samples)) as unknown[];
        const validator = new Validator(schemaOfSamples(plain) as object, '2020-12');
        return plain.every((sample) => validator.validate(sample).valid);
      }),
    );
  });
});

describe('a schema as a tree', () => {
  const schema: JsonSchema = { $schema: 'x', minProperties: 1, ...schemaOfSamples([order]) };
  const sku = ['properties', 'lines', 'items', 'properties', 'sku'];

  test('has a row for each schema inside it, and says where it holds more', () => {
    const rows = schemaRows(schema).map(({ depth, place, name, type, isRequired, hasMore }) => [
      ...[depth, place, name, type, isRequired, hasMore],
    ]);
    expect(rows).toEqual([
      [0, 'root', '', 'object', false, true],
      [1, 'field', 'orderNo', 'string', true, false],
      [1, 'field', 'placedAt', 'string', true, false],
      [1, 'field', 'lines', 'array', true, false],
      [2, 'items', '', 'object', false, false],
      [3, 'field', 'sku', 'string', true, false],
      [3, 'field', 'qty', 'integer', false, false],
    ]);
    expect(schemaRows({ type: ['string', 'null'] })[0]).toMatchObject({ type: 'string', orNull: true });
    expect(schemaRows({ type: ['string', 'integer'] })[0]).toMatchObject({ type: undefined });
  });

  test('edits change what they name and keep the rest, order and unknown keywords too', () => {
    const described = setText(schema, sku, 'description', 'Ours');
    expect(schemaRows(described).find(({ name }) => name === 'sku')).toMatchObject({ description: 'Ours' });
    expect(setText(described, sku, 'description', '')).toEqual(schema);
    const optional = setRequired(schema, sku, false);
    expect(schemaRows(optional).find(({ name }) => name === 'sku')).toMatchObject({ isRequired: false });
    expect(setRequired(optional, sku, true)).toEqual(schema);
    const renamed = renameField(schema, ['properties', 'placedAt'], 'at');
    expect(Object.keys(renamed?.properties as object)).toEqual(['orderNo', 'at', 'lines']);
    expect(renamed?.required).toEqual(['orderNo', 'at', 'lines']);
    expect(renameField(schema, ['properties', 'placedAt'], 'orderNo')).toBeUndefined();
    expect(removeField(schema, ['properties', 'placedAt'])).toMatchObject({
      minProperties: 1,
      required: ['orderNo', 'lines'],
    });
    const added = addField(schema, ['properties', 'lines', 'items']);
    expect(added.path.at(-1)).toBe('field3');
    expect(removeField(added.schema, added.path)).toEqual(schema);
  });

  test('another type takes along what is of every type, and leaves what is of the old one', () => {
    expect(setType({ type: 'string', format: 'date', title: 'T' }, [], 'integer', true)).toEqual({
      type: ['integer', 'null'],
      title: 'T',
    });
    expect(setType({ type: 'string', minLength: 1 }, [], 'any', false)).toEqual({ minLength: 1 });
  });
});
