import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backtrackingSteps } from '../testing/backtracking.ts';
import { regexFlags, regularPattern } from '../testing/regexes.ts';
import { type CharSet, includesUnit } from './char-set.ts';
import { nativeSteps } from './native-steps.ts';
import { parseRegex } from './parse-regex.ts';
import { degreeOf, stepsFor } from './step-bound.ts';

const runs = { numRuns: Number(process.env.REGEX_RUNS ?? 1000) };
/** The bound does not count each part of a turn, nor each piece that matches nothing. */
const UNCOUNTED = 4;
const MOST = 1_000_000;
const parse = (pattern: string, flags = '') =>
  parseRegex(pattern, { ignoreCase: flags.includes('i'), multiline: flags.includes('m'), dotAll: false });

/** One piece over and over, which is what makes a matcher go back most often, then another end. */
const repetitive = fc
  .tuple(
    fc.constantFrom('', 'b', 'A', '\n'),
    fc.constantFrom('a', 'b', 'ab', 'aab', '1', 'aA', 'a-', 'a\n', ' ', 'a1'),
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom('', '!', 'b', 'a', '\n'),
  )
  .map(([head, piece, times, tail]) => head + piece.repeat(times) + tail);

const looking = fc
  .tuple(regularPattern, fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), regularPattern, regularPattern)
  .map(([before, look, inside, after]) => `${before}${look}${inside})${after}`);

const longestRun = (text: string, units: CharSet): number =>
  Math.max(
    0,
    ...text
      .split('')
      .reduce<number[]>(
        ([run = 0, ...runs], unit) =>
          includesUnit(units, unit.charCodeAt(0)) ? [run + 1, ...runs] : [0, run, ...runs],
        [],
      ),
  );

describe('the bound on native steps', () => {
  test.each([
    ['regular patterns', regularPattern],
    ['look-around', looking],
  ])('holds for %s', (_name, patterns) => {
    fc.assert(
      fc.property(
        patterns,
        regexFlags,
        fc.array(repetitive, { minLength: 1, maxLength: 4 }),
        (pattern, flags, texts) => {
          const tree = parse(pattern, flags);
          const { search, isPerLine, miss, hit, runUnits } = nativeSteps(tree);
          for (const text of texts) {
            const run = longestRun(text, runUnits) + 1;
            const places = isPerLine ? text.split('\n').length : text.length + 1;
            for (const steps of [stepsFor(search, text.length), places * stepsFor(miss, run) + stepsFor(hit, run)]) {
              const most = UNCOUNTED * (steps + (text.length + 1) * (isPerLine ? pattern.length : 1) + pattern.length);
              if (most < MOST) backtrackingSteps(tree.root, text, most);
            }
          }
        },
      ),
      runs,
    );
  });

  test.each([
    '^[A-Z]{3}-\\d{4,}$',
    '^SO-\\d+$',
    '\\d{4}-\\d{2}-\\d{2}',
    '^(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.\\d+)?)?Z?$',
    "^([A-Z]{3})\\+(.*)'$",
    '^UNH\\+([^+:]+)\\+([A-Z]{6}):D:(\\d{2}[AB])',
    '^\\+?[\\d\\s()/-]{7,20}$',
    'ORDER-\\d+',
    '[,;]\\s*',
    '"[^"]*"',
    '\\bInvoice\\b',
    '^\\s+',
    '^[^@\\s]+@[^@\\s]+$',
    '[A-Z]{2}\\d+',
    '^(?:DE|AT|CH)\\d{9}$',
    "[^']*",
    '(?=.{8})',
    '^(?!0)\\d+$',
    '^(?:[A-Z0-9]{1,3},)*[A-Z0-9]{1,3}$',
  ])('is in proportion to the text for /%s/', (pattern) => {
    expect(degreeOf(nativeSteps(parse(pattern)).search)).toBeLessThanOrEqual(1);
  });

  test.each([
    ['\\d+x', 2],
    ['(\\w+)\\s(\\w+)', 2],
    ['\\s+$', 2],
    ['(.+)@(.+)\\.(.+)', 4],
    ['^(.*?),(.*?),(.*)$', 3],
    ['\\d(?=(\\d{3})+$)', 2],
  ])('grows for /%s/ no faster than power %i', (pattern, power) => {
    const degree = degreeOf(nativeSteps(parse(pattern)).search);
    expect(degree).toBeGreaterThan(1);
    expect(degree).toBeLessThanOrEqual(power);
  });

  test.each([
    '^(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '(?:a?){40}a{40}',
    '(.*a){20}',
    '(\\w+\\s?)*$',
    '(?:a*)*b',
    '(?=(a+)+b)',
  ])('does not exist or is out of reach for /%s/', (pattern) => {
    expect(stepsFor(nativeSteps(parse(pattern)).search, 50)).toBeGreaterThan(10 ** 9);
  });
});
