import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMask, checkMaskPath, collectMasked, compileMask } from './mask.ts';
import { maskedPlaces } from './masked-places.ts';

const order = {
  customer: { email: 'a@b.test', phone: '1', address: { phone: '2', city: 'Bonn' } },
  lines: [
    { sku: 'X', contact: { phone: '3' } },
    { sku: 'Y', contact: { phone: '4' } },
  ],
  'a.b': 'dotted',
};

const masked = (payload: unknown, ...paths: string[]) => applyMask(payload, compileMask(paths), () => '***');

describe('applyMask', () => {
  it('replaces the named value and shares what it did not touch', () => {
    const result = masked(order, 'customer.email') as typeof order;
    expect(result).toEqual({ ...order, customer: { ...order.customer, email: '***' } });
    expect(result.lines).toBe(order.lines);
    expect(result.customer.address).toBe(order.customer.address);
    expect(order.customer.email).toBe('a@b.test');
  });

  it('gives the very same payload when nothing matches', () => {
    expect(masked(order, 'customer.nothing', 'lines.7.sku', 'sku')).toBe(order);
    expect(masked(order)).toBe(order);
    expect(masked('text', '*')).toBe('text');
  });

  it('takes * for any key or index', () => {
    expect(masked({ a: { x: 1, y: 2 }, b: [1, 2] }, '*.*')).toEqual({ a: { x: '***', y: '***' }, b: ['***', '***'] });
    expect(masked(order, 'lines.*.sku')).toMatchObject({ lines: [{ sku: '***' }, { sku: '***' }] });
  });

  it('takes ** for any depth, none included', () => {
    expect(masked({ phone: 1, a: { phone: 2, b: [{ phone: 3 }] } }, '**.phone')).toEqual({
      phone: '***',
      a: { phone: '***', b: [{ phone: '***' }] },
    });
    expect(masked(order, 'customer.**.phone')).toMatchObject({
      customer: { phone: '***', address: { phone: '***', city: 'Bonn' } },
      lines: order.lines,
    });
    expect(masked({ a: { b: { c: 1 }, d: 2 } }, 'a.**')).toEqual({ a: { b: '***', d: '***' } });
  });

  it('looks through lists for a name, and takes a number as an index', () => {
    expect(masked(order, 'lines.contact.phone')).toMatchObject({
      lines: [{ contact: { phone: '***' } }, { contact: { phone: '***' } }],
    });
    expect(masked(order, 'lines.1.sku')).toMatchObject({ lines: [{ sku: 'X' }, { sku: '***' }] });
    expect(masked([[{ a: 1 }]], 'a')).toEqual([[{ a: '***' }]]);
  });

  it('replaces an object whole, without entering it', () => {
    const seen: unknown[] = [];
    applyMask(order, compileMask(['customer', 'customer.email', '**.email']), (value) => {
      seen.push(value);
      return null;
    });
    expect(seen).toEqual([order.customer]);
  });

  it('takes names in backticks as they are', () => {
    expect(masked(order, '`a.b`')).toMatchObject({ 'a.b': '***' });
    expect(masked({ 'x*': { '': 1, y: 2 } }, '`x*`.y')).toEqual({ 'x*': { '': 1, y: '***' } });
  });

  it('never changes its input, and "*" leaves nothing clear', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const before = JSON.stringify(payload);
        const result = masked(payload, '*');
        expect(JSON.stringify(payload)).toBe(before);
        for (const value of typeof result === 'object' && result !== null ? Object.values(result) : [])
          expect(value).toBe('***');
      }),
    );
  });

  it('finds a name at every depth with **', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const result = masked({ at: [{ secret: payload }], payload }, '**.secret');
        expect(
          JSON.stringify(result)
            .split('"secret":')
            .slice(1)
            .every((rest) => rest.startsWith('"***"')),
        ).toBe(true);
      }),
    );
  });
});

describe('collectMasked', () => {
  it('lists the leaves at and below the named places, each once', () => {
    expect(collectMasked(order, compileMask(['customer', 'lines.*.sku', '**.phone']))).toEqual([
      'a@b.test',
      '1',
      '2',
      'Bonn',
      'X',
      '3',
      'Y',
      '4',
    ]);
    expect(collectMasked({ a: [1, 1, null, true] }, compileMask(['a']))).toEqual([1, true]);
  });
});

describe('maskedPlaces', () => {
  it('lists the named places with what stands there', () => {
    const payload = { customer: { email: 'a@b.test' }, lines: [{ phone: '1' }, { phone: null }] };
    expect(maskedPlaces(payload, compileMask(['customer', '**.phone']))).toEqual([
      { keys: ['customer'], value: { email: 'a@b.test' } },
      { keys: ['lines', '0', 'phone'], value: '1' },
      { keys: ['lines', '1', 'phone'], value: null },
    ]);
    expect(maskedPlaces(undefined, compileMask(['**']))).toEqual([]);
  });
});

describe('checkMaskPath', () => {
  it.each(['a', '*', '**', 'a.b.c', '**.phone', 'a.*.b.**', '`a.b`.c', 'line items.0', 'größe'])('takes %s', (path) => {
    expect(checkMaskPath(path)).toBeUndefined();
  });

  it.each(['', '.', 'a.', '.a', 'a..b', 'a*', '*a', '***', '`a', '`a`b', 'a`b`', '``'])('refuses %j', (path) => {
    expect(checkMaskPath(path)).toEqual(expect.any(String));
    expect(() => compileMask([path])).toThrow(TypeError);
  });
});
