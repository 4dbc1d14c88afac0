import { describe, expect, it } from 'vitest';
import { idempotencyKey } from './idempotency-key.ts';

describe('the idempotency key', () => {
  it('is the lower-case base32 of the SHA-256 of execution, node and iteration', async () => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('e1/erp/0')));
    const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const expected = (bits.match(/.{1,5}/g) ?? [])
      .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
      .join('');
    expect(idempotencyKey('e1', 'erp', 0)).toBe(expected);
    expect(expected).toHaveLength(52);
  });

  it('differs by execution, node and iteration', () => {
    const keys = [
      idempotencyKey('e1', 'a', 0),
      idempotencyKey('e2', 'a', 0),
      idempotencyKey('e1', 'b', 0),
      idempotencyKey('e1', 'a', 1),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});
