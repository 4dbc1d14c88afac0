import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { type LinkedId, released, reserved, united, withId, withoutId, type XrefRecord } from './record.ts';

const id = (system: string, text: string): LinkedId => ({
  ...{ system, id: text, origin: 'person', by: 'Ivy', at: '2026-11-30T08:00:00.000Z' },
});
const record = (...ids: LinkedId[]): XrefRecord => ({ recordId: 'r1', entity: 'customer', ids, reservations: [] });
const failure = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (isFlowError(error)) return error;
    throw error;
  }
  return undefined;
};

describe('a record', () => {
  test('takes an id of another system, and the same id again without a change', () => {
    const linked = withId(record(id('shop', '12')), id('odoo', '7'), {});
    expect(linked.ids.map((one) => one.id)).toEqual(['12', '7']);
    expect(withId(linked, id('odoo', '7'), {})).toBe(linked);
  });

  test('refuses a second id of one system and names both sides, unless several are allowed', () => {
    const linked = record(id('shop', '12'), id('odoo', '7'));
    const error = failure(() => withId(linked, id('odoo', '8'), {}));
    expect(error?.code).toBe('DATA_XREF_CONFLICT');
    expect(error?.message).toContain('odoo "7" is not odoo "8"');
    expect(error?.message).toContain('shop "12", odoo "7"');
    expect(withId(linked, id('odoo', '8'), { several: true }).ids).toHaveLength(3);
  });

  test('becomes one with another, unless both have an id of one system', () => {
    const one = record(id('shop', '12'));
    const other = { ...record(id('odoo', '7'), id('wms', 'A')), recordId: 'r2' };
    expect(united(one, other, {})).toMatchObject({ recordId: 'r1', ids: [{ id: '12' }, { id: '7' }, { id: 'A' }] });
    expect(failure(() => united(withId(one, id('wms', 'B'), {}), other, {}))?.code).toBe('DATA_XREF_CONFLICT');
    expect(withoutId(united(one, other, {}), { system: 'odoo', id: '7' }).ids).toHaveLength(2);
  });
});

describe('a reservation', () => {
  const wanted = (holder: string, until = 100) => ({ system: 'odoo', holder, owner: `of ${holder}`, until });
  const take = (from: XrefRecord, holder: string, now: number) => {
    const outcome = reserved(from, wanted(holder, now + 100), now);
    return outcome.kind === 'reserved' ? outcome.record : from;
  };

  test('holds others up until it ends, and its own holder never', () => {
    const held = take(record(id('shop', '12')), 'a', 0);
    expect(reserved(held, wanted('b'), 99)).toEqual({ kind: 'held', until: 100 });
    expect(reserved(held, wanted('a'), 99).kind).toBe('reserved');
    const passedOn = take(held, 'b', 100);
    expect(passedOn.reservations).toEqual([{ system: 'odoo', holder: 'b', owner: 'of b', until: 200 }]);
  });

  test('is over once the id is linked, and gives that id to who comes later', () => {
    const linked = withId(take(record(id('shop', '12')), 'a', 0), id('odoo', '7'), {});
    expect(linked.reservations).toEqual([]);
    expect(reserved(linked, wanted('b'), 1)).toEqual({ kind: 'linked', ids: ['7'] });
  });

  test('is given back by the execution that has it alone', () => {
    const held = take(record(id('shop', '12')), 'a', 0);
    expect(released(held, { system: 'odoo', owner: 'of b' })).toBe(held);
    expect(released(held, { system: 'odoo', owner: 'of a' }).reservations).toEqual([]);
  });
});
