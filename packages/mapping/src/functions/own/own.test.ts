import { createHash } from 'node:crypto';
import { type FlowError, isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMapping } from '../../mapping.ts';
import { callNative, plainRun } from '../../testing/native-call.ts';
import { type CrossReferenceQuery, crossReferenceFunction, referenceFunction } from './index.ts';

const resultOf = (name: string, ...args: unknown[]) => (callNative(name, args) as { value?: unknown }).value;
const codeOf = (name: string, ...args: unknown[]) =>
  (callNative(name, args) as { thrown?: { code: string } }).thrown?.code;

const scaled = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }));

/** `units` of the last of `scale` digits behind the point, in plain notation. */
function notation(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

describe('decimal arithmetic', () => {
  test('is exact, and written without an exponent or zeros to spare', () => {
    fc.assert(
      fc.property(scaled, scaled, ([a, scaleA], [b, scaleB]) => {
        const scale = Math.max(scaleA, scaleB);
        const [unitsA, unitsB] = [a * 10n ** BigInt(scale - scaleA), b * 10n ** BigInt(scale - scaleB)];
        const [textA, textB] = [notation(a, scaleA), notation(b, scaleB)];
        expect(resultOf('decimalAdd', textA, textB)).toBe(notation(unitsA + unitsB, scale));
        expect(resultOf('decimalSubtract', textA, textB)).toBe(notation(unitsA - unitsB, scale));
        expect(resultOf('decimalMultiply', textA, textB)).toBe(notation(a * b, scaleA + scaleB));
        expect(resultOf('decimalCompare', textA, textB)).toBe(unitsA < unitsB ? -1 : unitsA > unitsB ? 1 : 0);
      }),
    );
  });

  test('takes a number by the digits that it is written with', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (value) => Number(resultOf('decimal', value)) === value,
      ),
    );
  });

  test('rounds halves away from zero, or as it is told', () => {
    const rounded = (rounding?: string) =>
      ['1.5', '2.5', '-2.5', '2.51'].map((value) => resultOf('decimal', value, 0, rounding));
    expect(rounded()).toEqual(['2', '3', '-3', '3']);
    expect(rounded('half-even')).toEqual(['2', '2', '-2', '3']);
    expect(rounded('down')).toEqual(['1', '2', '-2', '2']);
    expect(rounded('up')).toEqual(['2', '3', '-3', '3']);
    expect(codeOf('decimal', '1', 0, 'sideways')).toBe('D4022');
    expect(codeOf('decimal', '1', 1.5)).toBe('D4022');
  });

  test.each(['', '1,5', '1 000', '0x1F', '.5', '5.', 'NaN', '1e9999', '--1'])('refuses "%s"', (text) => {
    expect(codeOf('decimal', text)).toBe('D4020');
  });

  test('gives nothing where an amount is missing, and refuses one that is none within a sum', () => {
    expect(resultOf('decimalAdd', undefined, '1')).toBeUndefined();
    expect(resultOf('decimalSum', undefined)).toBeUndefined();
    expect(resultOf('decimalSum', [])).toBe('0');
    expect(codeOf('decimalSum', ['1', null])).toBe('D4020');
  });
});

describe('$hash', () => {
  test('is that of other programs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('sha256', 'sha512', 'sha1', 'md5'),
        (text, algorithm) =>
          resultOf('hash', text, algorithm) === createHash(algorithm).update(text, 'utf8').digest('hex'),
      ),
    );
  });

  test('does not change with the order of keys, and does with anything else', () => {
    expect(resultOf('hash', { a: 1, b: { c: [1], d: null } })).toBe(resultOf('hash', { b: { d: null, c: [1] }, a: 1 }));
    expect(resultOf('hash', [1, 2])).not.toBe(resultOf('hash', [2, 1]));
  });
});

describe('$uuid', () => {
  const clock = { nowMs: 0, seed: 'execution 1' };

  test('stays the same when an execution is repeated, and differs within one and between two', async () => {
    const mapping = compileMapping('[$uuid(), $uuid()]');
    const [first, second] = (await mapping.evaluate({}, {}, clock)) as [string, string];
    expect(await mapping.evaluate({}, {}, clock)).toEqual([first, second]);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second).not.toBe(first);
    expect(await mapping.evaluate({}, {}, { nowMs: 0, seed: 'execution 2' })).not.toContain(first);
  });

  test('does not meet that of any other of many executions', async () => {
    const mapping = compileMapping('$uuid()');
    const ids = new Set<unknown>();
    for (let at = 0; at < 20_000; at++) ids.add(await mapping.evaluate({}, {}, { nowMs: 0, seed: `execution ${at}` }));
    expect(ids.size).toBe(20_000);
  });

  test('of a missing name is nothing, not a random one', () => {
    expect(resultOf('uuid', undefined)).toBeUndefined();
  });
});

describe('$isoDate', () => {
  test('gives any moment back as it was', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => resultOf('isoDate', date.toISOString()) === date.toISOString(),
      ),
    );
  });

  test.each([
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    // Clocks go from two to three: as much later as if they did not.
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    // Clocks go back from three to two: the first of the two.
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('reads %s on the clocks of Berlin', (text, moment) => {
    expect(resultOf('isoDate', text, { zone: 'Europe/Berlin' })).toBe(moment);
  });

  test.each([
    ['2026-02-29', undefined, 'D4042'],
    ['31.04.2026', undefined, 'D4042'],
    ['2026-01-01T25:00Z', undefined, 'D4042'],
    ['31.02.26', { format: '[D01].[M01].[Y01]' }, 'D4042'],
    ['03/04/2026', undefined, 'D4041'],
    ['1795511643', undefined, 'D4041'],
    ['next week', undefined, 'D4040'],
    ['26-11-24', { format: '[D01].[M01].[Y01]' }, 'D4040'],
    ['2026-01-01T10:00', { zone: 'Mars/Olympus' }, 'D4044'],
    ['2026-01-01T10:00', { timezone: 'Z' }, 'D4043'],
  ])('refuses %s with %j', (text, options, code) => {
    expect(codeOf('isoDate', text, options)).toBe(code);
  });

  test.each([
    ['69', '2069-01-01'],
    ['70', '1970-01-01'],
  ])('takes the year %s for %s', (year, date) => {
    expect(resultOf('isoDate', `${year}0101`, { format: '[Y01][M01][D01]' })).toBe(date);
  });
});

describe('$ref', () => {
  test('says that it has nowhere to look, where nothing is connected', async () => {
    const failure = await Promise.resolve()
      .then(() => compileMapping('$ref("units", "EA")').evaluate({}))
      .catch((error: unknown) => error);
    expect(isFlowError(failure) && failure.details).toMatchObject({
      code: 'D4030',
      reason: expect.stringContaining('nowhere to look'),
    });
  });

  test('asks for all keys at once, and for each once', async () => {
    const asked: string[] = [];
    let open = 0;
    let most = 0;
    const ref = referenceFunction(async (table, key) => {
      asked.push(`${table} ${key}`);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
      return key === '9' ? undefined : `unit ${key}`;
    });
    const input = { lines: [...Array(10).keys(), 3, 4].map((unit) => ({ unit })) };
    const result = await compileMapping('lines.$ref("units", unit, "?")', { functions: { ref } }).evaluate(input);
    expect(result).toEqual(input.lines.map(({ unit }) => (unit === 9 ? '?' : `unit ${unit}`)));
    expect(asked).toHaveLength(10);
    expect(most).toBe(10);
  });

  test('does not ask for a key that is missing', async () => {
    const ref = referenceFunction(() => expect.unreachable());
    expect(await compileMapping('$ref("units", unit, "none")', { functions: { ref } }).evaluate({})).toBe('none');
  });
});

describe('$array', () => {
  test.each<[expression: string, input: unknown, list: unknown]>([
    ['$array(x)', {}, []],
    ['$array(x)', { x: 1 }, [1]],
    ['$array(x)', { x: [1] }, [1]],
    ['$array(x)', { x: [] }, []],
    ['$array(x.y)', { x: [{ y: 1 }, {}] }, [1]],
    ['$array($filter(x, function($v) { $v > 1 }))', { x: [1, 2] }, [2]],
    ['x.$array(y)', { x: { y: 1 } }, [1]],
    ['{ "y": $array(x[0]) }', { x: [1, 2] }, { y: [1] }],
  ])('%s of %j', async (expression, input, list) => {
    expect(await compileMapping(expression).evaluate(input)).toEqual(list);
  });
});

describe('functions of random numbers', () => {
  test('draw them from the run', () => {
    let draws = 0;
    const run = plainRun({ random: () => ++draws / 100 });
    callNative('uuid', [], undefined, run);
    callNative('shuffle', [[1, 2, 3]], undefined, run);
    expect(draws).toBe(7);
  });
});

describe('$xref', () => {
  const asked: CrossReferenceQuery[] = [];
  const known: Record<string, string[]> = { '12': ['7'], '13': ['8', '9'] };
  const xref = crossReferenceFunction(async (query) => {
    asked.push(query);
    return known[query.id] ?? [];
  });
  const evaluate = async (source: string, input: unknown = {}) => compileMapping(source).evaluate(input, { xref });
  const codeOf = (source: string) => evaluate(source).catch((error: FlowError) => error.code);

  test('has nowhere to look until somebody connects it', async () => {
    const error = await Promise.resolve()
      .then(() => compileMapping('$xref("customer", "shop", "12", "odoo")').evaluate({}))
      .catch((thrown: FlowError) => thrown);
    expect((error as FlowError).details).toMatchObject({ code: 'D4031' });
  });

  test('gives the one id, asks for all of a mapping together and for each once', async () => {
    asked.length = 0;
    const source =
      '{ "a": lines.$xref("customer", "shop", c, "odoo", "?"), "b": $xref("customer", "shop", 12, "odoo") }';
    const result = await evaluate(source, { lines: [{ c: '12' }, { c: '99' }, { c: '12' }] });
    expect(result).toEqual({ a: ['7', '?', '7'], b: '7' });
    expect(asked.map(({ id }) => id)).toEqual(['12', '99', '12']);
  });

  test('fails by codes of its own, which name what was looked for', async () => {
    expect(await codeOf('$xref("customer", "shop", "99", "odoo")')).toBe('DATA_XREF_MISSING');
    expect(await codeOf('$xref("customer", "shop", "13", "odoo", null)')).toBe('DATA_XREF_SEVERAL');
    expect(await codeOf('$xref("customer", "shop", true, "odoo")')).toBe('DATA_MAPPING');
    const error = await evaluate('$xref("customer", "shop", "99", "odoo")').catch((one: FlowError) => one);
    expect((error as FlowError).message).toBe('customer "99" of shop has no id in odoo');
  });

  test('gives nothing for nothing, and null by choice', async () => {
    expect(await evaluate('{ "id": $xref("customer", "shop", missing, "odoo") }')).toEqual({});
    expect(await evaluate('$xref("customer", "shop", "99", "odoo", null)')).toBeNull();
  });
});
