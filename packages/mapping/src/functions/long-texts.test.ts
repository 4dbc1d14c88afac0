import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busyMs } from '../testing/busy-ms.ts';
import { callNative, plainRun } from '../testing/native-call.ts';

/** Long enough for several pieces, with what must not be cut where a piece ends. */
const UNITS = ['a', ' ', '  ', '\t', '\u{1f600}', 'é', 'Σ', 'ΑΣ ', '%', '=', ','];
const longText = fc
  .array(fc.constantFrom(...UNITS), { minLength: 20, maxLength: 40 })
  .map((units) => units.join('').repeat(2500));
const escaped = fc
  .array(fc.constantFrom('a', '%41', '%C3%A9', '%F0%9F%98%80', '%E2%82%AC'), { minLength: 20, maxLength: 40 })
  .map((units) => units.join('').repeat(1000));

const resultOf = (name: string, ...args: unknown[]): unknown => (callNative(name, args) as { value: unknown }).value;
const RUNS = { numRuns: 8 };

describe('a long text is worked through in pieces, with the result that it has as a whole:', () => {
  test.each<[name: string, args: readonly unknown[], whole: (text: string) => unknown]>([
    ['lowercase', [], (text) => text.toLowerCase()],
    ['uppercase', [], (text) => text.toUpperCase()],
    ['length', [], (text) => [...text].length],
    ['substring', [40_000, 10_000], (text) => [...text].slice(40_000, 50_000).join('')],
    ['substring', [-40_000], (text) => [...text].slice(-40_000).join('')],
    ['trim', [], (text) => text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')],
    ['contains', ['aa=Σ%'], (text) => text.includes('aa=Σ%')],
    ['substringAfter', ['Σ='], (text) => (text.includes('Σ=') ? text.slice(text.indexOf('Σ=') + 2) : text)],
    ['replace', ['a', '<$&>'], (text) => text.split('a').join('<$&>')],
    ['split', [' '], (text) => text.split(' ')],
    ['split', ['', 70_000], (text) => text.split('', 70_000)],
    ['encodeUrl', [], (text) => encodeURI(text)],
    ['encodeUrlComponent', [], (text) => encodeURIComponent(text)],
    ['base64encode', [], (text) => Buffer.from(text, 'binary').toString('base64')],
    ['base64decode', [], (text) => Buffer.from(text, 'base64').toString('binary')],
  ])('$%s', (name, args, whole) => {
    fc.assert(
      fc.property(longText, (text) => isDeepStrictEqual(resultOf(name, text, ...args), whole(text))),
      RUNS,
    );
  });

  test.each<[name: string, whole: (text: string) => string]>([
    ['decodeUrl', decodeURI],
    ['decodeUrlComponent', decodeURIComponent],
  ])('$%s', (name, whole) => {
    fc.assert(
      fc.property(escaped, (text) => isDeepStrictEqual(resultOf(name, text), whole(text))),
      RUNS,
    );
  });

  test('$decodeUrl of what is malformed fails', () => {
    expect(callNative('decodeUrl', ['%80'.repeat(50_000)])).toMatchObject({ thrown: { code: 'D3140' } });
  });
});

describe('a long number', () => {
  const zeros = fc.constantFrom('', '0'.repeat(40_000));
  const digits = fc.stringMatching(/^[0-9]{1,40}$/);
  const filling = fc.constantFrom('0'.repeat(40_000), '3'.repeat(40_000));
  const decimal = fc.record({ sign: fc.constantFrom('', '-'), zeros, digits, filling, last: digits });
  /** Halfway between two doubles, where the last of all digits decides. */
  const HALFWAY = '9007199254740993';

  test('is read as it is when it is short enough to be read at once', () => {
    const shape = fc.tuple(decimal, fc.constantFrom('', '.', 'e'), fc.integer({ min: -41_000, max: 41_000 }));
    fc.assert(
      fc.property(shape, ([{ sign, zeros: before, digits: some, filling: more, last }, kind, exponent]) => {
        const text =
          kind === '.'
            ? `${sign}0.${before}${some}${more}${last}e${exponent}`
            : `${sign}${before}${some}${more}${last}${kind && `e${exponent}`}`;
        const whole = Number.parseFloat(text);
        const expected = Number.isFinite(whole) ? { value: whole } : { thrown: { code: 'D3030' } };
        expect(callNative('number', [text])).toMatchObject(expected);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [`${HALFWAY}.${'0'.repeat(50_000)}`, 9_007_199_254_740_992],
    [`${HALFWAY}.${'0'.repeat(50_000)}1`, 9_007_199_254_740_994],
    [`-${'0'.repeat(50_000)}`, -0],
    [`1e${'0'.repeat(50_000)}2`, 100],
    [`1e-${'9'.repeat(50_000)}`, 0],
    [`0x${'0'.repeat(50_000)}1f`, 31],
    [`0b${'0'.repeat(50_000)}11`, 3],
    [`0o${'0'.repeat(50_000)}17`, 15],
    [`${'x'.repeat(40_000)}0b11`, Number.NaN],
    [`${'x'.repeat(32_767)}0o7${'x'.repeat(40_000)}`, Number.NaN],
  ])('gives what it says: %#', (text, value) => {
    expect(callNative('number', [text])).toEqual({ value });
  });

  test.each(['1.', '.1', '1e', '1e+', '--1', '1 ', `${'x'.repeat(10)}b11`, '0b112'])(
    'is none with %s about it',
    (odd) => {
      for (const text of [odd.replace('1', '1'.repeat(50_000)), `0${odd}${'_'.repeat(50_000)}`])
        expect(callNative('number', [text])).toMatchObject({ thrown: { code: 'D3030' } });
    },
  );
});

/** So many steps are done before the evaluation looks at its deadline. */
const STEPS_PER_LOOK = 1000;
const LENGTH = 8_000_000;
const filled = (unit: string) => unit.repeat(LENGTH / unit.length);
const twice = (value: unknown) => [value, value];

/** A run whose time is over at the first look, and what a function spent and did until then. */
function callLate(name: string, args: readonly unknown[]): { took: number; ended: unknown } {
  let left = STEPS_PER_LOOK;
  const tooLong = (length: number, most: number) => {
    if (length > most) throw { code: 'LIMIT' };
  };
  const run = plainRun({
    spend(steps) {
      left -= steps;
      if (left < 0) throw { code: 'LATE' };
    },
    checkString: (length) => tooLong(length, 2 ** 24),
    checkSequence: (length) => tooLong(length, 10_000_000),
  });
  const { result, tookMs } = busyMs(() => callNative(name, args, undefined, run));
  return { took: tookMs, ended: result };
}

describe('an evaluation whose time is over is stopped soon', () => {
  const nested = (depth: number): unknown => {
    let value: unknown = [0];
    for (let at = 0; at < depth; at++) value = twice(value);
    return value;
  };
  test.each<[what: string, name: string, args: readonly unknown[]]>([
    ['in capitals', 'uppercase', [filled('äb')]],
    ['in small letters', 'lowercase', [filled('ÄB')]],
    ['trimming', 'trim', [filled('a \t')]],
    ['counting characters', 'length', [filled('\u{1f600}')]],
    ['cutting characters', 'substring', [filled('\u{1f600}'), 3_000_000, 10]],
    ['padding', 'pad', ['x', 200_000_000]],
    ['padding with several', 'pad', ['x', 16_000_000, '\u{1f600}ab']],
    ['searching', 'contains', [filled('ab'), 'zz']],
    ['replacing', 'replace', [filled('ab'), 'a', 'bbb']],
    ['splitting', 'split', [filled('ab'), '']],
    ['encoding', 'encodeUrlComponent', [filled('ä')]],
    ['decoding', 'decodeUrlComponent', [filled('%80')]],
    ['Base64', 'base64decode', [filled('YQ')]],
    ['hashing', 'hash', [filled('ab')]],
    ['a picture', 'formatNumber', [1, filled('0')]],
    ['an endless picture', 'fromMillis', [0, '[Y0,9999999-99999999]']],
    ['Roman numerals', 'formatInteger', [1e12, 'I']],
    ['reading by a picture', 'toMillis', [filled('1'), '[f][f][f][f]']],
    ['a number', 'number', [filled('1')]],
    ['JSON of what is shared', 'string', [nested(40)]],
    ['hashing what is shared', 'hash', [nested(40)]],
    ['a truth that is shared', 'boolean', [nested(40)]],
    ['telling apart what is shared', 'distinct', [[nested(40), [nested(40)]]]],
    ['keys of what is shared', 'keys', [nested(40)]],
    ['spreading what is shared', 'spread', [nested(40)]],
    ['looking up in what is shared', 'lookup', [nested(40), 'a']],
    ['zipping', 'zip', Array.from({ length: 100 }, () => Array.from({ length: 10_000 }, () => 1))],
    ['doubling', 'append', [Array.from({ length: 6_000_000 }), Array.from({ length: 6_000_000 })]],
    ['joining', 'join', [Array.from({ length: 100_000 }, () => 'x'.repeat(1000)), ',']],
  ])('%s', (_what, name, args) => {
    const { took, ended } = callLate(name, args);
    expect(ended).toMatchObject({ thrown: { code: expect.stringMatching(/^(LATE|LIMIT)$/) } });
    // A look is due every 50 ms, and the collector may come in between.
    expect(took).toBeLessThan(200);
  });
});
