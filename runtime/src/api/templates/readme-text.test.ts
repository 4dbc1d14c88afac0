import { describe, expect, test } from 'vitest';
import { firstSentence, readmeBody } from './readme-text.ts';

const README = `# Order to ERP

Takes \`POST /hooks. Now\` of [the shop](../shop/README.md)
and stores it **once**. It is checked first.

It shows \`odoo.search\`; see [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
`;

describe('the text of a README', () => {
  test('goes without its title and without links that lead to files', () => {
    expect(readmeBody(README)).toMatch(/^Takes .*\bof the shop\nand stores/);
    expect(readmeBody(README)).toContain('[RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)');
  });

  test('begins with a sentence, which code does not end', () => {
    expect(firstSentence(readmeBody(README))).toBe('Takes POST /hooks. Now of the shop and stores it once.');
    expect(firstSentence('No stop at all\n\nNext.')).toBe('No stop at all');
    expect(firstSentence('Every 30 s. Then')).toBe('Every 30 s.');
    expect(firstSentence('Version 1.5 of `a.b` is `x')).toBe('Version 1.5 of a.b is x');
    expect(firstSentence('')).toBe('');
  });
});
