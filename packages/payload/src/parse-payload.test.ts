import { type ErrorCode, errorToJson, type FlowError, isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePayload, readPayload } from './parse-payload.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

function codeOf(read: () => unknown): ErrorCode | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return isFlowError(error) ? error.code : undefined;
  }
}

const forbidden = new Set(['__proto__', 'constructor']);
const keys = fc.string().filter((key) => !forbidden.has(key));
const exactNumbers = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: -290, max: 290 }))
    .map(([digits, exponent]) => Number(`${digits}e${exponent}`)),
);
const { value: exactJson } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: 'binary' }),
      exactNumbers.filter((number) => isExactlyWritten(number)),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
  ),
}));

function isExactlyWritten(number: number): boolean {
  return !Object.is(number, -0) && (Math.abs(number) <= Number.MAX_SAFE_INTEGER || /e/.test(String(number)));
}

describe('parsePayload', () => {
  it('gives back every value that JSON and a double hold exactly', () => {
    fc.assert(
      fc.property(exactJson, fc.constantFrom(undefined, 2), (value, indent) => {
        expect(JSON.stringify(parsePayload(JSON.stringify(value, undefined, indent)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('keeps two integers apart that differ in the last of many digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 40n }), fc.boolean(), (size, isNegative) => {
        const source = String(isNegative ? -size : size);
        expect(parsePayload(`{"id":${source}}`)).toEqual({ id: source });
      }),
    );
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['0.123456789012345', 0.123456789012345],
    ['0.1234567890123456', '0.1234567890123456'],
    ['1234567890123.456', '1234567890123.456'],
    ['1.100000000000000000000', 1.1],
    ['0.000000000000000000001', 1e-21],
    ['100.00', 100],
    ['1e2', 100],
    ['1E+2', 100],
    ['1e400', '1e400'],
    ['-1e400', '-1e400'],
    ['1e-400', '1e-400'],
    ['4.94e-324', '4.94e-324'],
    ['0e400', 0],
    ['0.0', 0],
    ['1234567890123456.0', '1234567890123456.0'],
    ['9007199254740993e0', '9007199254740993e0'],
  ])('reads the number %s without loss', (source, expected) => {
    expect(parsePayload(source)).toBe(expected);
    expect(parsePayload(`[{"a":${source}}]`)).toEqual([{ a: expected }]);
  });

  it('says of a text whether JSON.parse gives the same', () => {
    const number = fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -400, max: 400 }))
      .map(([digits, exponent]) => (exponent % 3 === 0 ? `${digits}e${exponent}` : `${digits}`));
    const text = fc
      .tuple(fc.array(fc.oneof(number, fc.json())), fc.constantFrom('', ' ', '\n'))
      .map(([items, space]) => `[${items.map((item) => `${space}${item}`).join(',')}]`);
    fc.assert(
      fc.property(text, (source) => {
        const code = codeOf(() => readPayload(source));
        if (code !== undefined) return;
        const { value, isPlain } = readPayload(source);
        if (isPlain) expect(value).toEqual(JSON.parse(source));
        expect(value).toEqual(
          JSON.parse(source, (_key, one, context?: { source?: string }) =>
            typeof one === 'number' ? parsePayload(context?.source ?? '') : one,
          ),
        );
      }),
    );
    expect(
      readPayload('{"sscc":"340123450000000017","at":"2026-11-25T10:00:00.000Z","name":"M\\u00fcller"}').isPlain,
    ).toBe(true);
  });

  it.each([
    '{"__proto__":1}',
    '{"a":[{"constructor":{}}]}',
    '{"\\u005f_proto__":1}',
    '{"c\\u006fnstructor":1}',
    '{"a":1,"__proto__":{"admin":true}}',
  ])('refuses %s', (text) => {
    expect(codeOf(() => parsePayload(text))).toBe('DATA_FORBIDDEN_KEY');
  });

  it('takes the forbidden words as values', () => {
    expect(parsePayload('["__proto__","constructor"]')).toEqual(['__proto__', 'constructor']);
  });

  it('takes 100 levels and refuses 101, whatever stands in strings', () => {
    expect(codeOf(() => parsePayload(nested(100)))).toBeUndefined();
    expect(codeOf(() => parsePayload(nested(101)))).toBe('DATA_TOO_DEEP');
    expect(codeOf(() => parsePayload(`${'[{"a":'.repeat(50)}1${'}]'.repeat(50)}`))).toBeUndefined();
    expect(parsePayload(JSON.stringify(['['.repeat(500), '\\"[['.repeat(100)]))).toHaveLength(2);
  });

  it('refuses 10,000 levels without touching the call stack', () => {
    expect(codeOf(() => parsePayload(nested(10_000)))).toBe('DATA_TOO_DEEP');
    expect(codeOf(() => parsePayload('{"a":'.repeat(10_000)))).toBe('DATA_TOO_DEEP');
  });

  it.each(['', ' ', '{', '{"a":1,}', '01', 'NaN', "{'a':1}", '[1]]', '"\n"'])('says that %j is no JSON', (text) => {
    expect(codeOf(() => parsePayload(text))).toBe('DATA_MALFORMED');
  });

  it('never quotes the text that is no JSON', () => {
    for (const text of [
      '{"email": ada@example.test}',
      'ada@example.test',
      `[1, "${'x'.repeat(50)}", ada@example.test, 2]`,
      '{"a":"ada@example.test',
    ])
      try {
        parsePayload(text);
        expect.unreachable();
      } catch (error) {
        expect(JSON.stringify(errorToJson(error as FlowError))).not.toContain('example');
      }
  });

  it('answers any text with a value or one of its three errors', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => text.slice(1)),
          fc.json(),
        ),
        (text) => {
          const code = codeOf(() => parsePayload(text));
          expect([undefined, 'DATA_MALFORMED', 'DATA_TOO_DEEP', 'DATA_FORBIDDEN_KEY']).toContain(code);
          expect(code === 'DATA_MALFORMED').toBe(!isJson(text));
        },
      ),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
