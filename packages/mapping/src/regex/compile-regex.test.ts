import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busyMs } from '../testing/busy-ms.ts';
import { regexFlags, regexText, regularPattern } from '../testing/regexes.ts';
import { compileRegex, LinearRegex, regexProblem } from './index.ts';

const LENGTH = 50_000;
const MOST_MS = 50;
const TRIALS = 5;

const long = (piece: string, length = LENGTH): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Patterns known for taking the native matcher minutes and more, each with what it takes them on. */
const HOSTILE: readonly (readonly [pattern: RegExp, text: (length: number) => string])[] = [
  // Loops in loops.
  [/^(a+)+$/, (length) => `${long('a', length)}!`],
  [/^([a-zA-Z]+)*$/, (length) => `${long('aB', length)}!`],
  [/(a*)*b/, (length) => long('a', length)],
  [/(x+x+)+y/, (length) => long('x', length)],
  [/(\d+)+x/, (length) => long('1', length)],
  [/^(?:(?:a*)*)*$/, (length) => `${long('a', length)}b`],
  [/^((ab)*)+$/, (length) => `${long('ab', length)}c`],
  [/^(\w+\s?)*$/, (length) => `${long('word ', length)}!`],
  [/^(([a-z])+.)+[A-Z]([a-z])+$/, (length) => long('a', length)],
  [/([a-z]+)*=/i, (length) => long('aB', length)],
  [/^(?:.*\n?)*x$/, (length) => long('a\n', length)],
  // Choices that overlap.
  [/^(a|aa)+$/, (length) => `${long('a', length)}!`],
  [/(a|aa)+$/, (length) => `${long('a', length)}!`],
  [/^(a|a?)+$/, (length) => `${long('a', length)}!`],
  [/^(a|b|ab)*c$/, (length) => long('ab', length)],
  [/(?:\w|\d)+;/, (length) => long('1', length)],
  [/<(.|\s)*?>/, (length) => long('< ', length)],
  [/^(?:\s|\u00a0)+x/, (length) => long('\u00a0', length)],
  // Loops in a row.
  [/a*a*a*a*a*b/, (length) => long('a', length)],
  [/(.*a){20}/, (length) => `${long('a', 19)}${long('b', length)}`],
  [/(.*)(.*)(.*)(.*)x/, (length) => long('a', length)],
  [/(?:.*=.*)+;/, (length) => long('=', length)],
  [/(.+)@(.+)\.(.+)/, (length) => long('a@', length)],
  [/\w+\d+\w+-/, (length) => long('1', length)],
  [/(?:a?){50}a{50}b/, (length) => long('a', length)],
  [/(a|b)*a(a|b){12}c/, (length) => long('abaabbbaababb', length)],
  // Searched for from each unit on.
  [/\s+$/, (length) => `${long(' ', length)}x`],
  [/^\s+|\s+$/, (length) => `x${long(' ', length)}x`],
  [/(\w+)\s(\w+)/, (length) => long('a', length)],
  [/\d+-\d+/, (length) => long('1', length)],
  [/"(?:[^"\\]|\\.)*"/, (length) => long('\\"', length)],
  // E-mail addresses, hosts, addresses and names, as published.
  [
    /^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$/,
    (length) => `${long('a', length)}!`,
  ],
  [/^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/, (length) => `a@${long('a.', length)}!`],
  [
    /^([0-9a-zA-Z]([-.\w]*[0-9a-zA-Z])*@(([0-9a-zA-Z])+([-\w]*[0-9a-zA-Z])*\.)+[a-zA-Z]{2,9})$/,
    (length) => long('a', length),
  ],
  [/(([a-z0-9]+\.)*[a-z0-9]+@)+/i, (length) => long('a.', length)],
  [/^(.+\.)+com$/, (length) => long('a.', length)],
  [/^(https?:\/\/)?([\da-z.-]+)\.([a-z.]{2,6})([/\w .-]*)*\/?$/, (length) => `http://${long('a.a', length)}!`],
  [/^(([a-zA-Z]:)|(\\{2}\w+)\$?)(\\(\w[\w].*))(\.jpg)+$/, (length) => `a:\\aa${long('.jpg', length)}!`],
  [/^[a-zA-Z]+(([',. -][a-zA-Z ])?[a-zA-Z]*)*$/, (length) => `${long('aaaa ', length)}!`],
  [/^(\(?\d{3}\)?[- ]?)+$/, (length) => `${long('123-', length)}!`],
  [/^(?:0?[1-9]|[12]\d|3[01]|\d+)+\/$/, (length) => long('1', length)],
];

function measured(pattern: RegExp, text: string): { steps: number; ms: number } {
  const regex = compileRegex(pattern);
  let steps = 0;
  const { tookMs } = busyMs(() =>
    regex.exec(text, 0, (more) => {
      steps += more;
    }),
  );
  return { steps, ms: tookMs };
}

describe('a hostile text takes time in proportion to its length for', () => {
  test.each(HOSTILE)('%s', (pattern, text) => {
    const best = (length: number) => {
      const trials = Array.from({ length: TRIALS }, () => measured(pattern, text(length)));
      return { steps: Math.min(...trials.map(({ steps }) => steps)), ms: Math.min(...trials.map(({ ms }) => ms)) };
    };
    const once = best(LENGTH);
    const twice = best(LENGTH * 2);
    expect(once.ms).toBeLessThan(MOST_MS);
    expect(twice.steps).toBeLessThan(once.steps * 3);
  });
});

describe('a compiled pattern', () => {
  test('gives what RegExp gives, also on a text that is too long for that', () => {
    const padding = '\u2029'.repeat(3000);
    fc.assert(
      fc.property(regularPattern, regexFlags, regexText, fc.boolean(), (pattern, flags, text, isLong) => {
        const native = new RegExp(pattern, `${flags}g`);
        // From behind the padding on, the native matcher has little to do.
        const whole = isLong ? padding + text : text;
        const from = isLong ? padding.length - 1 : 0;
        native.lastIndex = from;
        const expected = native.exec(whole);
        const found = compileRegex(native).exec(whole, from, () => undefined);
        expect(found && [found.start, found.end, found.match, ...found.groups]).toEqual(
          expected && [expected.index, native.lastIndex, ...expected],
        );
      }),
    );
  });

  test('begins where RegExp does for an odd index', () => {
    for (const pattern of [/b/g, /(?:a|a)*b/g]) {
      for (const text of ['abab', long('ab')]) {
        for (const from of [-1, Number.NaN, 1.5, 2 ** 40]) {
          pattern.lastIndex = from;
          const start = pattern.exec(text)?.index;
          expect(compileRegex(pattern).exec(text, from, () => undefined)?.start).toBe(start);
        }
      }
    }
  });

  test('finds nothing beyond the text', () => {
    expect(compileRegex(/(?:)/g).exec('ab', 2, () => undefined)).toMatchObject({ start: 2, end: 2, match: '' });
    expect(compileRegex(/(?:)/g).exec('ab', 3, () => undefined)).toBeNull();
  });

  test('stops where its caller stops it', () => {
    const stop = () => {
      throw new Error('stopped');
    };
    const text = long('a', LENGTH);
    for (const pattern of [/^(a+)+$/, /a*a*b/, /x(?=y)/, /((a)|b)*c/])
      expect(() => compileRegex(pattern).exec(text, 0, stop)).toThrow('stopped');
  });

  test('looks around and refers back in place while that is sure to be quick, and beyond it in an isolate alone', () => {
    const free = () => undefined;
    expect(compileRegex(/\d(?=(?:\d{3})+$)/g)).toMatchObject({ kind: 'isolate' });
    expect(compileRegex(/\d(?=(?:\d{3})+$)/g).exec('1234567', 0, free)).toMatchObject({ start: 0 });
    expect(compileRegex(/(["'])(.*?)\1/g).exec(`say "it's"`, 0, free)).toMatchObject({ groups: ['"', "it's"] });
    expect(compileRegex(/\d(?=(?:\d{3})+$)/g).exec(long('1 234 567 '), 0, free)).toBeNull();
    for (const pattern of [/^(1|11)+\1$/g, /^(?=(1+))\1+$/g, /\d(?=(?:\d{3})+$)/g])
      expect(() => compileRegex(pattern).exec(long('1'), 0, free)).toThrow(
        expect.objectContaining({ code: 'REGEX_UNBOUNDED', token: pattern.source }),
      );
  });

  test.each([
    /(?:x{500}){500}/,
    new RegExp(`(?:${'('.repeat(300)}${')'.repeat(300)}x)+`),
    new RegExp('x'.repeat(30_000)),
  ])('is refused for what it would grow to: %s', (pattern) => {
    expect(regexProblem(pattern)).toMatchObject({ code: 'REGEX_UNSUPPORTED', token: pattern.source });
  });

  test('has no problem otherwise', () => {
    for (const [pattern] of HOSTILE) expect(regexProblem(pattern)).toBeUndefined();
    expect(regexProblem(/^(a|aa)+\1$/)).toBeUndefined();
    expect(regexProblem(/^.{1,50000}$/)).toBeUndefined();
  });
});

test('LinearRegex goes on from match to match as RegExp does', () => {
  fc.assert(
    fc.property(regularPattern, regexFlags, regexText, fc.nat(12), (pattern, flags, text, lastIndex) => {
      const native = new RegExp(pattern, `${flags}g`);
      const linear = new LinearRegex(native);
      native.lastIndex = lastIndex;
      linear.lastIndex = lastIndex;
      for (let match = 0; match < 3; match++) {
        const expected = native.exec(text);
        const found = linear.exec(text);
        expect(found && [...found]).toEqual(expected && [...expected]);
        expect(found?.index).toBe(expected?.index);
        expect(linear.lastIndex).toBe(native.lastIndex);
      }
    }),
  );
});
