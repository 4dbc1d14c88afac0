import { expect, test } from 'vitest';
import { jsonataTokens } from './jsonata-language.ts';

/** The first rule that takes the text, as the tokenizer tries them. */
const ruleAt = (text: string) => {
  const rules = jsonataTokens.tokenizer.root as [RegExp, unknown][];
  return rules.find(([pattern]) => new RegExp(`^(?:${pattern.source})`).test(text))?.[1];
};

test.each([
  [', /a+\\/b/i.x', ['delimiter', 'white', 'regexp']],
  [', /* iso */', 'delimiter'],
  ['{ /* head */ }', '@brackets'],
  ['/* head */', 'comment'],
])('%s begins a %s', (text, token) => {
  expect(ruleAt(text)).toEqual(token);
});
