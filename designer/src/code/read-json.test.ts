import { expect, test } from 'vitest';
import { jsonText, readJson } from './read-json.ts';

test('JSON gives its value, with numbers that a double cannot hold as text', () => {
  expect(readJson('{"id": 5940139491234567890, "qty": 2}')).toEqual({
    ok: true,
    value: { id: '5940139491234567890', qty: 2 },
  });
  expect(readJson(jsonText({ a: [1] }))).toEqual({ ok: true, value: { a: [1] } });
});

test('what is no JSON says why', () => {
  for (const text of ['', '{"id": }', 'no']) {
    const read = readJson(text);
    expect(read).toMatchObject({ ok: false, problems: [expect.stringMatching(/\w/)] });
  }
});
