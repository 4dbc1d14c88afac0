import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { callNative, callReference, type Ended, plainOf } from '../testing/native-call.ts';
import { nativeFunctions } from './index.ts';

async function expectSame(name: string, args: readonly unknown[], input?: unknown): Promise<void> {
  const ours = callNative(name, args, input);
  const reference = await callReference(name, args, input);
  // The order of keys counts too, and a zero's sign.
  if (isDeepStrictEqual(plainEnd(ours), plainEnd(reference)) && keysOf(ours) === keysOf(reference)) return;
  expect(plainEnd(ours), `$${name}(${JSON.stringify(args)})`).toEqual(plainEnd(reference));
  expect.unreachable(`$${name}(${JSON.stringify(args)}) differs in key order or type`);
}

const keysOf = (ended: Ended) => ('value' in ended ? JSON.stringify(ended.value) : '');
const plainEnd = (ended: object) => plainOf({ ...ended });

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', '\u{1f600}', '\ud83d', '0', '-', '.'), maxLength: 12 }),
  fc.constantFrom('', ' a  b ', '0x1F', '0b101', '0o17', '1e3', '-12.5', '1e999', '01', '12abc', 'true', 'a,b,,c'),
);
const integer = fc.integer({ min: -12, max: 12 });
const number = fc.oneof(
  integer,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => Number(value.toFixed(3))),
  fc.constantFrom(0, -0, 0.5, 1.5, 2.5, -0.5, 1e21, 1e-7, 123456.789, 0.1 + 0.2, 1.005, 2 ** 53, 5e-324),
);
const boolean = fc.boolean();
const any = fc.oneof(
  { maxDepth: 3 },
  text,
  number,
  boolean,
  fc.constant(null),
  fc.array(number, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }).filter((value) => !/"__proto__"|"_jsonata/.test(JSON.stringify(value))),
);
const list = fc.oneof(
  fc.array(number, { maxLength: 6 }),
  fc.array(text, { maxLength: 6 }),
  fc.array(any, { maxLength: 5 }),
  fc.array(fc.constantFrom(1, 2, '1', null, true, [1], { a: 1 }, { a: 1, b: [2] }, { b: [2], a: 1 }), { maxLength: 8 }),
);
const object = fc.dictionary(fc.constantFrom('a', 'b', '1', '0', 'c d', 'constructor'), any, { maxKeys: 4 });
const objects = fc.oneof(object, fc.array(object, { maxLength: 4 }), fc.array(fc.oneof(object, any), { maxLength: 4 }));
const numbers = fc.array(number, { maxLength: 6 });
const texts = fc.array(text, { maxLength: 6 });
const limit = fc.integer({ min: -1, max: 4 });
const urlText = fc.oneof(
  text,
  fc.string({ unit: fc.constantFrom('%', '2', 'C', '3', 'A', 'é', '\ud83d'), maxLength: 9 }),
);
const base64 = fc.string({ unit: fc.constantFrom('Q', 'b', '0', '=', '-', '_', ' ', '+', '/', 'é'), maxLength: 11 });

const predicate = (value: unknown) => typeof value === 'number';
const indexed = (value: unknown, at: unknown) => [value, at];
const whole = (value: unknown, _at: unknown, all: unknown) => (value === undefined ? all : [all, value]);
const odd = (_value: unknown, at: unknown) => Number(at) % 2 === 1;
const nothing = () => undefined;
const callback = fc.constantFrom<unknown>(predicate, indexed, whole, odd, nothing);
const folder = fc.constantFrom<unknown>(
  (a: unknown, b: unknown) => [a, b],
  (a: unknown, b: unknown, at: unknown) => [a, b, at],
  (a: unknown, _b: unknown, _at: unknown, all: unknown) => [a, all],
  predicate,
);
const comparator = fc.constantFrom<unknown>(
  (a: never, b: never) => a > b,
  (a: never, b: never) => a < b,
  (a: unknown, b: unknown) => JSON.stringify(a) > JSON.stringify(b),
  () => true,
  () => 'odd',
);

const PARAMETERS: Readonly<Record<string, readonly fc.Arbitrary<unknown>[]>> = {
  ...{ sum: [numbers], count: [any], max: [numbers], min: [numbers], average: [numbers] },
  ...{ string: [any, boolean], substring: [text, fc.oneof(integer, number), fc.oneof(integer, number)] },
  ...{ substringBefore: [text, text], substringAfter: [text, text], lowercase: [text], uppercase: [text] },
  ...{
    length: [text],
    trim: [text],
    pad: [text, integer, text],
    contains: [text, text],
    replace: [text, text, text, limit],
  },
  ...{ split: [text, text, limit], join: [texts, text], formatBase: [number, fc.integer({ min: 1, max: 38 })] },
  ...{ number: [fc.oneof(text, number.map(String), any)], floor: [number], ceil: [number], abs: [number] },
  ...{ round: [number, integer], sqrt: [number], power: [number, fc.oneof(integer, number)] },
  ...{ boolean: [any], not: [any], exists: [any], type: [any], clone: [any] },
  ...{ map: [list, callback], filter: [list, callback], single: [list, callback], reduce: [list, folder, any] },
  ...{ sift: [object, callback], each: [object, callback], sort: [list, comparator] },
  ...{ keys: [objects], lookup: [objects, fc.constantFrom('a', 'b', '1', 'constructor', 'toString', 'length')] },
  ...{
    append: [any, any],
    spread: [objects],
    merge: [objects],
    reverse: [list],
    zip: [list, list, list],
    distinct: [list],
  },
  ...{ error: [text], assert: [boolean, text], base64encode: [text], base64decode: [base64] },
  ...{ encodeUrl: [urlText], encodeUrlComponent: [urlText], decodeUrl: [urlText], decodeUrlComponent: [urlText] },
};

describe('a built-in function gives what the reference gives', () => {
  test.each(Object.keys(PARAMETERS))('$%s', async (name) => {
    const parameters = (PARAMETERS[name] as readonly fc.Arbitrary<unknown>[]).map((usual) =>
      fc.oneof(
        { weight: 20, arbitrary: usual },
        { weight: 1, arbitrary: any },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    );
    const args = fc
      .integer({ min: 0, max: parameters.length })
      .chain((left) => fc.tuple(...parameters.slice(0, parameters.length - (left % 3))));
    await fc.assert(
      fc.asyncProperty(args, fc.oneof(any, text, number, fc.constant(undefined)), (given, input) =>
        expectSame(name, given, input),
      ),
      { numRuns: Number(process.env.FUNCTION_RUNS ?? 100) },
    );
  });

  test('with the same parameters, of the same names', async () => {
    for (const [name, native] of nativeFunctions) {
      const reference = (await jsonata(`$${name}`).evaluate(undefined)) as
        | { implementation: (...args: unknown[]) => unknown; signature: { definition: string } }
        | undefined;
      if (reference === undefined) continue;
      expect(native.signature, name).toBe(reference.signature.definition);
      expect(native.params.length, name).toBe(reference.implementation.length);
      const names = /\(([^)]*)\)/.exec(reference.implementation.toString())?.[1]?.split(',') ?? [];
      expect(native.params, name).toEqual(
        names
          .map((param) => param.replace(/=.*/, '').trim())
          .filter((param, at) => param !== '' && at < native.params.length),
      );
    }
  });
});
