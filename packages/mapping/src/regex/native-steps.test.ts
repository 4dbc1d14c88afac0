import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backtrackingSteps } from '../testing/backtracking.ts';
import { regexFlags, regularPattern } from '../testing/regexes.ts';
import { nativeSteps } from './native-steps.ts';
import { parseRegex } from './parse-regex.ts';
import { degreeOf, stepsFor } from './step-bound.ts';

const runs = { numRuns: Number(process.env.REGEX_RUNS ?? 3000) };
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
          const bound = nativeSteps(tree);
          for (const text of texts) {
            const most = UNCOUNTED * (stepsFor(bound, text.length) + text.length + pattern.length);
            if (most < MOST) backtrackingSteps(tree.root, text, most);
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
    expect(degreeOf(nativeSteps(parse(pattern)))).toBeLessThanOrEqual(1);
  });

  test.each([
    ['\\d+x', 2],
    ['(\\w+)\\s(\\w+)', 2],
    ['\\s+$', 2],
    ['(.+)@(.+)\\.(.+)', 4],
    ['^(.*?),(.*?),(.*)$', 3],
    ['\\d(?=(\\d{3})+$)', 2],
  ])('grows for /%s/ no faster than power %i', (pattern, power) => {
    const degree = degreeOf(nativeSteps(parse(pattern)));
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
    expect(stepsFor(nativeSteps(parse(pattern)), 50)).toBeGreaterThan(10 ** 9);
  });
});
