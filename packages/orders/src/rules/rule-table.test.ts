import { describe, expect, it } from 'vitest';
import { CONDITION_CODES } from '../fold/conditions.ts';
import { type OrderRule, OWNERS } from './rule.ts';
import { orderRule, orderRules } from './rule-table.ts';

const rules: readonly OrderRule[] = orderRules;
const hours = (count: number) => count * 60;

describe('the table of rules', () => {
  it('has each code once, with an owner there is, in whole sentences', () => {
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    for (const { code, owner, text, clears, action, causes } of rules) {
      expect(OWNERS, code).toContain(owner);
      expect(causes.length, code).toBeGreaterThan(0);
      for (const sentence of [text, clears, action]) expect(sentence, code).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('has a rule for everything that may not add up', () => {
    for (const code of CONDITION_CODES)
      expect(orderRule(code)?.causes, code).toContainEqual(expect.objectContaining({ kind: 'condition', code }));
  });

  it.each([
    ['STUCK_BEFORE_VALIDATION', { kind: 'stage', from: 'received', to: 'validated', within: { minutes: 15 } }],
    ['STUCK_BEFORE_ALLOCATION', { within: { minutes: hours(4), counting: 'working-hours' } }],
    ['STUCK_BEFORE_ALLOCATION', { kind: 'promise near', before: { minutes: hours(24) } }],
    ['PARTIAL_ALLOCATION_RISK', { before: { minutes: hours(48) }, isForShipComplete: true }],
    ['CREDIT_HOLD', { kind: 'hold', code: 'CREDIT', within: { minutes: hours(4) } }],
    ['STUCK_PICK', { from: 'allocated', to: 'picked', within: { minutes: hours(8) } }],
    ['WMS_NO_RESPONSE', { kind: 'answer', documents: { only: ['940'] }, within: { minutes: hours(2) } }],
    ['WMS_NO_RESPONSE', { kind: 'reply', to: '940', by: '945' }],
    ['PICKED_NOT_SHIPPED', { within: { minutes: hours(12) } }],
    ['SHIPPED_NO_CARRIER_SCAN', { within: { minutes: hours(24), counting: 'working-days' } }],
    [
      'SHIPPED_NO_CARRIER_SCAN',
      { byMode: expect.objectContaining({ ltl: { minutes: hours(48), counting: 'working-days' } }) },
    ],
    ['TRACKING_STALLED', { kind: 'next scan', within: { minutes: hours(72) } }],
    ['DELIVERY_LATE', { kind: 'promise missed', by: 'now' }],
    ['PROMISE_AT_RISK', { kind: 'promise missed', by: 'estimate' }],
    ['SHIPPED_NOT_INVOICED', { from: 'shipped', to: 'invoiced', within: { minutes: hours(24) } }],
    ['INVOICED_NOT_SHIPPED', { from: 'invoiced', to: 'shipped', within: { minutes: hours(2) } }],
    ['ORPHAN_EVENT', { kind: 'condition', within: { minutes: 30 } }],
    ['OVERSHIPPED', { kind: 'condition', within: { minutes: 10 } }],
    ['PICKED_MORE_THAN_DUE', { kind: 'condition', within: { minutes: 10 } }],
    ['CANCEL_AFTER_SHIP', { kind: 'condition', within: { minutes: 10 } }],
    ['EDI_REJECTED', { kind: 'refusal' }],
  ] as const)('%s has the limit that the domain sets: %o', (code, cause) => {
    expect(orderRule(code)?.causes).toContainEqual(expect.objectContaining(cause));
  });

  it('leaves to others what no order and no time tells', () => {
    const reported = rules.filter(({ causes }) => causes.every(({ kind }) => kind === 'reported'));
    expect(reported.map(({ code }) => code)).toEqual([
      'REFUSED',
      'TOTAL_MISMATCH',
      'PRICE_MISMATCH',
      'UNKNOWN_SKU',
      'UNKNOWN_SHIPTO',
      'STATUS_UNMAPPED',
      'DUPLICATE_PO',
      'COMMITMENT_FAILED',
      'STOCK_MISMATCH',
      'CREDENTIAL_EXPIRING',
      'WEBHOOK_SILENT',
      'CURSOR_STALLED',
    ]);
  });

  it('knows no rule of a code that somebody made up', () => {
    expect(orderRule('COFFEE_COLD')).toBeUndefined();
  });
});
