import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callNative, callReference, plainOf } from '../testing/native-call.ts';

/** A regular expression as an expression holds it. */
function matcher(regex: RegExp) {
  return function find(text: string, from?: number): object | undefined {
    regex.lastIndex = from ?? 0;
    const found = regex.exec(text);
    if (found === null) return undefined;
    const [match, ...groups] = found;
    const next = () => {
      if (regex.lastIndex >= text.length) return undefined;
      const following = find(text, regex.lastIndex) as { match: string } | undefined;
      if (following?.match === '') throw { code: 'D1004', value: regex.source };
      return following;
    };
    return { match, start: found.index, end: found.index + match.length, groups, next };
  };
}

async function expectSame(name: string, args: readonly unknown[]): Promise<void> {
  const ours = plainOf(callNative(name, args));
  const reference = plainOf(await callReference(name, args));
  if (!isDeepStrictEqual(ours, reference))
    expect({ name, args, ended: ours }).toEqual({ name, args, ended: reference });
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '2', ' ', '\u{1f600}', '-'), maxLength: 12 });
const regex = fc
  .constantFrom(
    'a',
    '(a)(b)?',
    'b+',
    '[0-9]',
    '(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)',
    'x',
    '^',
    'a|(b)|(c)',
    '\\s*',
    '(a|b)+-?',
  )
  .map((source) => matcher(new RegExp(source, 'g')));
const shaped = fc.constantFrom<unknown>(
  () => undefined,
  () => null,
  () => 'text',
  () => ({ match: 'a', start: 0, end: 1, groups: [], next: () => undefined }),
  () => ({ match: 'a', start: 0, end: 1, groups: [] }),
  () => ({ other: 1 }),
);
const replacement = fc.oneof(
  fc.string({ unit: fc.constantFrom('$', '0', '1', '2', '11', 'x', ' ', '-'), maxLength: 6 }),
  fc.constantFrom<unknown>(
    (found: { match: string }) => `<${found.match}>`,
    () => 1,
    () => undefined,
  ),
);
const limit = fc.option(fc.constantFrom(-1, 0, 1, 2, 1.5, 10), { nil: undefined });
const RUNS = { numRuns: Number(process.env.FUNCTION_RUNS ?? 200) };

describe('with a regular expression or a function as pattern, the reference is matched by', () => {
  const pattern = fc.oneof({ weight: 5, arbitrary: regex }, { weight: 1, arbitrary: shaped });

  test.each(['match', 'split'])('$%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(text, pattern, limit, (...args) => expectSame(name, args)),
      RUNS,
    );
  });

  test('$contains', async () => {
    await fc.assert(
      fc.asyncProperty(text, pattern, (...args) => expectSame('contains', args)),
      RUNS,
    );
  });

  test('$replace', async () => {
    await fc.assert(
      fc.asyncProperty(text, pattern, replacement, limit, (...args) => expectSame('replace', args)),
      RUNS,
    );
  });
});

describe('$replace of a plain text', () => {
  test('puts the word undefined in for a replacement that is missing, as the reference does', async () => {
    await expectSame('replace', ['abc', 'b', undefined]);
    await expectSame('replace', ['abc', 'x', undefined]);
  });

  test('refuses a function as replacement: the reference would put in its own source code', () => {
    expect(callNative('replace', ['abc', 'b', () => 'x'])).toMatchObject({ thrown: { code: 'D3012' } });
  });
});
