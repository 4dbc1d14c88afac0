import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT_MARK, jsonBytes, tracePayload } from './trace-payload.ts';

describe('a payload in the trace', () => {
  it('is kept as it is within the limit', () => {
    expect(tracePayload('s.out', { a: 1 }, 100)).toEqual({ ref: 's.out', json: '{"a":1}', size: 7 });
  });

  it('is cut where it is too large, says so, and tells the whole size', () => {
    const payload = tracePayload(
      's.out',
      { name: 'A1', lines: Array.from({ length: 1000 }, (_, no) => ({ no })) },
      500,
    );
    expect(payload.truncated).toBe(true);
    expect(JSON.parse(payload.json ?? '')).toMatchObject({ name: 'A1' });
    expect(payload.json).toContain(CUT_MARK);
    expect(payload.size).toBeGreaterThan(9_000);
  });

  it('stays near the limit whatever it holds, and counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'grapheme', maxLength: 2_000 }), (value, text) => {
        const whole = { value, text };
        expect(jsonBytes(whole)).toBe(new TextEncoder().encode(JSON.stringify(whole)).length);
        expect(jsonBytes(JSON.parse(tracePayload('r', whole, 200).json ?? ''))).toBeLessThan(600);
      }),
    );
  });
});
