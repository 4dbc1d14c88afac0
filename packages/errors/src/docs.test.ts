import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue/index.ts';
import { errorsMarkdown } from './docs.ts';

describe('errorsMarkdown', () => {
  const page = errorsMarkdown();

  it('has one line for each error of the catalogue', () => {
    for (const code of Object.keys(catalogue)) expect(page.split(`| \`${code}\` |`), code).toHaveLength(2);
    expect(page.match(/^\| `/gm)).toHaveLength(Object.keys(catalogue).length);
  });

  it('ends with a line break and has five cells in each line', () => {
    expect(page.endsWith('|\n')).toBe(true);
    for (const line of page.split('\n').filter((one) => one.startsWith('|'))) {
      expect(line.match(/(?<!\\)\|/g), line).toHaveLength(6);
    }
  });
});

describe('catalogue', () => {
  it.each(Object.entries(catalogue))('%s tells what is wrong and what to do', (code, row) => {
    expect(code).toMatch(/^(FLOW|CONFIG|DATA|REMOTE|RUN|API|SYSTEM)_[A-Z_]+$/);
    expect(row.fix).toMatch(/\S\.$|\}\.$/);
    expect(row.message).not.toMatch(/failed to|\.$/);
    expect(row.http).toBeGreaterThanOrEqual(400);
  });
});
