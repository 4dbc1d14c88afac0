import { orderRule, ruleSettingsProblems } from '@crossdock/orders';
import { describe, expect, it } from 'vitest';
import { isWatched, RULES, standardLimit, takes, withRule } from './rule-draft.ts';

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
      expect(ruleSettingsProblems(withRule({}, rule.code, { owner: 'x', ...within, ...before })), rule.code).toEqual(
        [],
      );
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
