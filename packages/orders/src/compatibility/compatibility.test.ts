import { readFileSync } from 'node:fs';
import { schemaProblems } from '@crossdock/flow-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventCatalogue } from '../events/catalogue/index.ts';
import { publishedSchemas } from '../published/async-api.ts';
import { catalogueBreaks, eventSchemas } from './catalogue-breaks.ts';
import { schemaBreaks } from './schema-break.ts';

const published = publishedSchemas(
  JSON.parse(readFileSync(new URL('../../../../docs/asyncapi.generated.json', import.meta.url), 'utf8')),
);
const now = eventSchemas(eventCatalogue);

describe('the published event schemas', () => {
  it('hold the envelope and every type', () => {
    expect(Object.keys(published)).toEqual(Object.keys(now));
  });

  it('are replaced by compatible ones only: a change that breaks needs a new version of the type', () => {
    expect(catalogueBreaks(published, now)).toEqual([]);
  });

  it('would name what breaks', () => {
    const type = 'com.platform.order.line.shipped.v1';
    const changed = structuredClone(now) as Record<string, { required: string[]; properties: Record<string, object> }>;
    const data = changed[type]!;
    data.required = data.required.filter((name) => name !== 'factKey').concat('location');
    delete data.properties.ratio;
    delete changed['com.platform.quote.lost.v1'];
    expect(catalogueBreaks(published, changed)).toEqual([
      {
        schema: 'com.platform.quote.lost.v1',
        field: '',
        breaks: ['stored events', 'subscribers'],
        reason: 'was taken away',
      },
      { schema: type, field: 'ratio', breaks: ['stored events', 'subscribers'], reason: 'was taken away' },
      { schema: type, field: 'location', breaks: ['stored events'], reason: 'must be there now' },
      { schema: type, field: 'factKey', breaks: ['subscribers'], reason: 'may be missing now' },
    ]);
  });
});

describe('schemaBreaks', () => {
  const text = (more: object = {}) => ({ type: 'string', ...more });

  it.each([
    ['a lower upper limit', text({ maxLength: 9 }), text({ maxLength: 5 }), 'stored events'],
    ['a higher upper limit', text({ maxLength: 5 }), text({ maxLength: 9 }), 'subscribers'],
    ['an upper limit that is new', text(), text({ maxLength: 9 }), 'stored events'],
    ['a higher lower limit', text({ minLength: 1 }), text({ minLength: 2 }), 'stored events'],
    ['no lower limit any more', text({ minLength: 1 }), text(), 'subscribers'],
    ['one word less', text({ enum: ['a', 'b'] }), text({ enum: ['a'] }), 'stored events'],
    ['one word more', text({ enum: ['a'] }), text({ enum: ['a', 'b'] }), 'subscribers'],
    ['entries of some form', { type: 'array' }, { type: 'array', items: text() }, 'stored events'],
  ])('%s', (_, before, after, broken) => {
    expect(schemaBreaks(before, after).map(({ breaks }) => breaks)).toEqual([[broken]]);
  });

  it('takes another pattern, type or format for a break of both', () => {
    expect(schemaBreaks(text({ pattern: '^a' }), text({ pattern: '^b' }))).toEqual([
      { field: '', breaks: ['stored events', 'subscribers'], reason: 'has pattern "^b", and had "^a"' },
    ]);
  });

  it('takes other words, and another optional field, for compatible', () => {
    const record = (properties: object) => ({ type: 'object', additionalProperties: false, properties });
    const [before, after] = [record({ a: text({ description: 'A' }) }), record({ a: text({ title: 'B' }), b: text() })];
    expect(schemaBreaks(before, after)).toEqual([]);
    expect(schemaBreaks(after, before)).toHaveLength(1);
  });
});

const name = fc.constantFrom('a', 'b', 'c');
const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constant('integer'), minimum: fc.nat(2), maximum: fc.nat(4) }, { requiredKeys: ['type'] }),
    fc.record(
      { type: fc.constant('string'), enum: fc.subarray(['a', 'b', 'c'], { minLength: 1 }) },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant('array'), items: tie('schema') }, { requiredKeys: ['type'] }),
    fc
      .record({
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
        required: fc.uniqueArray(name, { maxLength: 2 }),
        isClosed: fc.boolean(),
      })
      .map(({ properties, required, isClosed }) => ({
        type: 'object',
        properties,
        required: required.filter((one) => one in properties).sort(),
        ...(isClosed ? { additionalProperties: false } : {}),
      })),
  ),
}));

/** A schema, and one that differs from it here and there: unrelated ones are hardly ever compatible. */
const changed = (before: object): fc.Arbitrary<object> => {
  const parts = (before as { properties?: Record<string, object> }).properties;
  const more = fc
    .tuple(name, schema)
    .map(([field, added]) => ({ ...before, properties: { ...parts, [field]: parts?.[field] ?? added } }));
  const words = fc.string().map((description) => ({ ...before, description }));
  return parts === undefined ? fc.oneof(words, schema) : fc.oneof({ weight: 4, arbitrary: more }, words, schema);
};
const two = schema.chain((a) => changed(a).map((b) => [a, b] as const));
const three = two.chain(([a, b]) => changed(b).map((c) => [a, b, c] as const));
const isCompatible = (a: object, b: object): boolean => schemaBreaks(a, b).length === 0;
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: -1, max: 5 }),
    fc.constantFrom('a', 'b', 'd'),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe('compatibility', () => {
  it('holds from a schema to itself, and over steps', () => {
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        expect(isCompatible(a, a)).toBe(true);
        if (isCompatible(a, b) && isCompatible(b, c)) expect(isCompatible(a, c)).toBe(true);
      }),
    );
  });

  it('holds both ways between schemas that differ in words alone', () => {
    const plain = ({ description: _, ...rest }: { description?: string }) => rest;
    fc.assert(
      fc.property(two, ([a, b]) => {
        if (isCompatible(a, b) && isCompatible(b, a)) expect(sorted(plain(b))).toEqual(sorted(plain(a)));
      }),
    );
  });

  it('means what it says: what fitted before fits after, when no stored event breaks', () => {
    fc.assert(
      fc.property(two, value, ([a, b], one) => {
        const isStoredSafe = schemaBreaks(a, b).every(({ breaks }) => !breaks.includes('stored events'));
        if (isStoredSafe && schemaProblems(one, a).length === 0) expect(schemaProblems(one, b)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const sorted = (one: object): object =>
  JSON.parse(JSON.stringify(one, (_, inner) => (Array.isArray(inner) ? inner.toSorted() : inner)));
