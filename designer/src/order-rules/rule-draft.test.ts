import { type OneRuleSettings, orderRule, ruleSettingsProblems } from '@crossdock/orders';
import { describe, expect, it } from 'vitest';
import { isWatched, modeStandard, RULES, standardLimit, takes, withLimitOf, withRule } from './rule-draft.ts';

describe('settings of one rule', () => {
  it('replace its own and leave the others alone', () => {
    const settings = { calendar: 'east', rules: { STUCK_PICK: { owner: 'east' }, CREDIT_HOLD: { isOn: false } } };
    expect(withRule(settings, 'STUCK_PICK', { severity: 'critical', owner: undefined })).toEqual({
      calendar: 'east',
      rules: { CREDIT_HOLD: { isOn: false }, STUCK_PICK: { severity: 'critical' } },
    });
  });

  it('leave nothing behind when nothing is set', () => {
    expect(withRule({ rules: { STUCK_PICK: { owner: 'east' } } }, 'STUCK_PICK', { isOn: undefined })).toEqual({});
    expect(withRule({}, 'STUCK_PICK', {})).toEqual({});
  });

  it('are taken by the rules that the form offers them for', () => {
    for (const rule of RULES) {
      const names = takes(rule);
      const within = names.has('within') ? { within: { minutes: 5 } } : {};
      const before = names.has('beforePromise') ? { beforePromise: { minutes: 5 } } : {};
      const byMode = names.has('byMode') ? { byMode: withLimitOf({}, 'ltl', { minutes: 5 }) } : {};
      const byPartner = names.has('byPartner') ? { byPartner: withLimitOf({}, 'ACME', { minutes: 5 }) } : {};
      const settings = { owner: 'x', ...within, ...before, ...byMode, ...byPartner };
      expect(ruleSettingsProblems(withRule({}, rule.code, settings as OneRuleSettings)), rule.code).toEqual([]);
    }
  });
});

describe('a rule', () => {
  it('says what it comes with', () => {
    expect(standardLimit(orderRule('STUCK_PICK')!, 'within')).toEqual({ minutes: 480 });
    expect(standardLimit(orderRule('STUCK_BEFORE_ALLOCATION')!, 'before')).toEqual({ minutes: 1440 });
    expect(standardLimit(orderRule('EDI_REJECTED')!, 'within')).toBeUndefined();
    expect([isWatched(orderRule('STUCK_PICK')!), isWatched(orderRule('DUPLICATE_PO')!)]).toEqual([true, false]);
  });
});

describe('limits of some', () => {
  it('replace one, and are none once the last is gone', () => {
    const limits = withLimitOf({ ltl: { minutes: 1 }, ftl: { minutes: 2 } }, 'ltl', { minutes: 3 });
    expect(limits).toEqual({ ltl: { minutes: 3 }, ftl: { minutes: 2 } });
    expect(withLimitOf({ ltl: { minutes: 1 } }, 'ltl', undefined)).toBeUndefined();
  });

  it('stand over the limit of all, which stands over those that the rule has for some', () => {
    const rule = orderRule('SHIPPED_NO_CARRIER_SCAN')!;
    const minutesOf = (mode: string, base: OneRuleSettings, own: OneRuleSettings = {}) =>
      modeStandard(rule, mode, base, own)?.minutes;
    expect([minutesOf('parcel', {}), minutesOf('ltl', {})]).toEqual([1440, 2880]);
    expect(minutesOf('ltl', {}, { within: { minutes: 9 } })).toBe(9);
    expect(minutesOf('ltl', { within: { minutes: 8 } })).toBe(8);
    expect(minutesOf('ltl', { byMode: { ltl: { minutes: 7 } } }, { within: { minutes: 9 } })).toBe(7);
  });
});
