import { expect, test } from 'vitest';
import { createTokens } from './system-tokens.ts';

test('no token comes twice, from one source or from two', () => {
  const [one, other] = [createTokens(), createTokens()];
  const tokens = Array.from({ length: 5_000 }, () => [one(), other()]).flat();
  expect(new Set(tokens).size).toBe(10_000);
});

test('a token names a payload as part of a reference, which ends at the first dot', () => {
  const token = createTokens();
  for (let made = 0; made < 100; made++) expect(token()).toMatch(/^[0-9a-z]{13,16}$/);
});
