import fc from 'fast-check';

/** Field names that expressions ask for, by what mostly lies under them; so paths find something and operators mostly fit. */
export const FIELDS = {
  number: ['id', 'qty', 'price'],
  string: ['name', 'sku', 'code'],
  list: ['lines', 'tags', 'nested'],
  object: ['address', 'order'],
  boolean: ['ok'],
  odd: ['odd key', 'ünï', '__proto__', 'constructor', 'toString', 'length', ''],
} as const;

/** The rest may be missing. */
const REQUIRED = ['id', 'qty', 'name', 'lines', 'order'] as const;

const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 20 }) },
  { weight: 2, arbitrary: fc.constantFrom(0.1, 2.5, -1.005, 12.345, 1e21, 1e-7, 123456789, 0) },
);

const string = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('a', 'b', 'A-1', 'B-2', 'foo bar', 'x,y,z', ' pad ', 'aXbXc', '', 'Brussels', 'name'),
  },
  { weight: 2, arbitrary: fc.constantFrom('12', '3.50', '-7', '1e3', '0x1f', '007', '12kg', '2026-11-01T10:00:00Z') },
  { weight: 1, arbitrary: fc.constantFrom('é', '日本', '😀x', 'a\u0301', 'ß', 'line\nbreak', '"q"', '$1', 'a+b=c&d') },
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 4, arbitrary: string },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Mostly `usual`, sometimes a list of it, sometimes anything. */
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 1, arbitrary: fc.array(usual, { maxLength: 2 }) },
    { weight: 1, arbitrary: other },
  );

/** Records whose fields hold records down to `depth` levels. */
function recordOf(depth: number): fc.Arbitrary<object> {
  const any = anythingOf(depth);
  const inner = depth > 0 ? recordOf(depth - 1) : fc.constant({});
  const fields: Record<string, fc.Arbitrary<unknown>> = {
    ...fieldsOf(FIELDS.number, mostly(number, any)),
    ...fieldsOf(FIELDS.string, mostly(string, any)),
    ...fieldsOf(FIELDS.boolean, mostly(fc.boolean(), any)),
    ...fieldsOf(FIELDS.object, mostly(inner, any)),
    lines: mostly(fc.array(inner, { maxLength: 3 }), any),
    tags: mostly(fc.array(string, { maxLength: 4 }), any),
    nested: mostly(fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 3 }), any),
  };
  const usual = fc.record(fields, { requiredKeys: [...REQUIRED] });
  const odd = fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.constantFrom(...FIELDS.odd), scalar), { maxLength: 2 }) },
  );
  return fc.tuple(usual, odd).map(([made, extra]) => withOwnKeys(made, extra));
}

function anythingOf(depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) return scalar;
  return fc.oneof(
    { weight: 6, arbitrary: scalar },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom('a', 'id', 'name'), anythingOf(depth - 1), { maxKeys: 2 }) },
    { weight: 2, arbitrary: fc.array(anythingOf(depth - 1), { maxLength: 3 }) },
  );
}

function fieldsOf(names: readonly string[], arbitrary: fc.Arbitrary<unknown>): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(names.map((name) => [name, arbitrary]));
}

/** Keys as `JSON.parse` makes them: `__proto__` is one like any other. */
function withOwnKeys(usual: object, odd: readonly (readonly [string, unknown])[]): object {
  const all = { ...usual };
  for (const [key, value] of odd)
    Object.defineProperty(all, key, { value, enumerable: true, configurable: true, writable: true });
  return all;
}

/** JSON as messages are: mostly an object of the usual fields, some lists of such, seldom a bare value. */
export const payload: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: recordOf(2) },
  { weight: 3, arbitrary: fc.array(recordOf(1), { maxLength: 3 }) },
  { weight: 1, arbitrary: anythingOf(3) },
);
