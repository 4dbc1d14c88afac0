import { describe, expect, it } from 'vitest';
import { foldOrder } from '../fold/fold-order.ts';
import { event, line, ORDER } from '../testing/order-story.ts';
import { effectiveRules } from './effective-rules.ts';
import type { RuleSettings } from './rule-settings.ts';
import { ruleSettingsProblems } from './rule-settings.ts';

const week = { monday: [{ from: '08:00', to: '17:00' }] };
const good: RuleSettings = {
  calendars: { east: { timeZone: 'America/New_York', week, cutOff: '15:00' } },
  calendar: 'east',
  rules: {
    STUCK_PICK: { within: { minutes: 240, counting: 'working-hours' }, owner: 'east', severity: 'critical' },
    SHIPPED_NO_CARRIER_SCAN: { byMode: { ltl: { minutes: 60 } } },
    EDI_UNACKED: { byPartner: { ACME: { minutes: 30 } } },
    STUCK_BEFORE_ALLOCATION: { beforePromise: { minutes: 60 }, calendar: 'east' },
    SHIPPED_NOT_INVOICED: { countFrom: 'delivered' },
    UNKNOWN_SKU: { owner: 'master data' },
  },
  resolveWithin: { warning: { minutes: 1 } },
  overrides: [{ when: { channel: 'edi' }, calendar: 'east', rules: { ASN_MISSING: { isOn: true } } }],
};

describe('ruleSettingsProblems', () => {
  it('has nothing to say of good settings, nor of none', () => {
    expect(ruleSettingsProblems(good)).toEqual([]);
    expect(ruleSettingsProblems({})).toEqual([]);
  });

  it.each([
    ['no object', 7, 'the settings must be an object', 'Correct the value.'],
    [
      'a rule that there is not',
      { rules: { STUCK_PICKS: {} } },
      'rules.STUCK_PICKS is unknown',
      'Use the code of a rule, such as "STUCK_BEFORE_VALIDATION".',
    ],
    [
      'a misspelt setting',
      { rules: { STUCK_PICK: { whithin: { minutes: 1 } } } },
      'rules.STUCK_PICK.whithin is unknown',
      'Remove it or correct its spelling.',
    ],
    [
      'a limit without its length',
      { rules: { STUCK_PICK: { within: {} } } },
      'rules.STUCK_PICK.within.minutes is missing',
      'Add it.',
    ],
    [
      'a limit of part of a minute',
      { rules: { STUCK_PICK: { within: { minutes: 0.5 } } } },
      'rules.STUCK_PICK.within.minutes must be a whole number',
      'Correct the value.',
    ],
    [
      'a limit below nothing',
      { rules: { STUCK_PICK: { within: { minutes: -1 } } } },
      'rules.STUCK_PICK.within.minutes must be at least 0',
      'Correct the value.',
    ],
    [
      'a limit beyond a year',
      { rules: { STUCK_PICK: { within: { minutes: 1e9 } } } },
      'rules.STUCK_PICK.within.minutes must be at most 527040',
      'Correct the value.',
    ],
    [
      'another way of counting',
      { rules: { STUCK_PICK: { within: { minutes: 1, counting: 'moons' } } } },
      'rules.STUCK_PICK.within.counting must be one of "clock", "working-hours", "working-days"',
      'Correct the value.',
    ],
    [
      'a severity that there is not',
      { rules: { REFUSED: { severity: 'bad' } } },
      'rules.REFUSED.severity must be one of "warning", "error", "critical"',
      'Correct the value.',
    ],
    [
      'a limit of what is reported',
      { rules: { REFUSED: { within: { minutes: 1 } } } },
      'rules.REFUSED.within means nothing for this rule',
      'Remove it; REFUSED takes severity, owner.',
    ],
    [
      'modes of what is not shipped',
      { rules: { STUCK_PICK: { byMode: { ltl: { minutes: 1 } } } } },
      'rules.STUCK_PICK.byMode means nothing for this rule',
      'Remove it; STUCK_PICK takes isOn, severity, owner, calendar, within.',
    ],
    [
      'a start for a rule that has its own',
      { overrides: [{ when: { channel: 'edi' }, rules: { STUCK_PICK: { countFrom: 'delivered' } } }] },
      'overrides[0].rules.STUCK_PICK.countFrom means nothing for this rule',
      'Remove it; STUCK_PICK takes isOn, severity, owner, calendar, within.',
    ],
    [
      'a calendar that there is not',
      { calendar: 'west' },
      'calendar is "west", and there is no such calendar',
      'Add it to "calendars".',
    ],
    [
      'another calendar that there is not',
      { ...good, rules: { STUCK_PICK: { calendar: 'west' } } },
      'rules.STUCK_PICK.calendar is "west", and there is no such calendar',
      'Use one of east, or add it to "calendars".',
    ],
    [
      'an override for no orders',
      { overrides: [{ when: {}, rules: {} }] },
      'overrides[0].when names no orders',
      'Name a channel, customer or site, or put it into "rules".',
    ],
    [
      'a time of day that there is not',
      { calendars: { east: { timeZone: 'UTC', week: { monday: [{ from: '8', to: '17:00' }] } } } },
      'calendars.east.week.monday[0].from must be a time of day from "00:00" to "24:00"',
      'Correct the value.',
    ],
    [
      'a zone that there is not',
      { calendars: { east: { timeZone: 'Mars/Base', week } } },
      'calendars.east.timeZone must be an IANA time zone such as Europe/Berlin, America/New_York or UTC',
      'Use the name of the site’s zone, such as "Europe/Berlin".',
    ],
  ])('names field and fix for %s', (_, settings, message, fix) => {
    expect(ruleSettingsProblems(settings)).toEqual([expect.objectContaining({ message, fix })]);
    const [{ field } = { field: '' }] = ruleSettingsProblems(settings);
    expect(message.startsWith(field || 'the settings')).toBe(true);
  });

  it('names each mistake', () => {
    expect(ruleSettingsProblems({ calendar: 'west', rules: { REFUSED: { within: { minutes: 1 } } } })).toHaveLength(2);
  });
});

describe('effectiveRules', () => {
  const order = (more: object) =>
    foldOrder([event('order.received', 0, { orderKey: ORDER, lines: [line(1, '10')], ...more })]);
  const rule = (code: string, settings: RuleSettings, more: object = {}) =>
    effectiveRules(order(more), settings).find((one) => one.code === code);
  const buyer = {
    parties: [{ role: 'buyer', ids: [{ system: 'odoo', type: 'res.partner', id: '7' }], gln: '40', name: 'Acme' }],
  };

  it('are those of the table, without those that are off', () => {
    expect(rule('ASN_MISSING', {})).toBeUndefined();
    expect(rule('STUCK_PICK', {})).toMatchObject({ owner: 'warehouse', calendar: { timeZone: 'UTC' } });
    expect(rule('STUCK_PICK', { rules: { STUCK_PICK: { isOn: false } } })).toBeUndefined();
  });

  it('have limits, owner, severity and calendar of the settings', () => {
    expect(rule('STUCK_PICK', good)).toMatchObject({
      owner: 'east',
      severity: 'critical',
      calendar: { timeZone: 'America/New_York' },
      causes: [{ kind: 'stage', within: { minutes: 240, counting: 'working-hours' } }],
    });
    expect(rule('STUCK_BEFORE_ALLOCATION', good)?.causes).toMatchObject([
      { within: { minutes: 240 } },
      { before: { minutes: 60 } },
    ]);
  });

  it('keep other limits by mode, unless one is set for all', () => {
    const byMode = (settings: RuleSettings) => rule('SHIPPED_NO_CARRIER_SCAN', settings)?.causes[0];
    expect(byMode(good)).toMatchObject({
      within: { minutes: 1440 },
      byMode: { ltl: { minutes: 60 }, ftl: { minutes: 2880 } },
    });
    expect(byMode({ rules: { SHIPPED_NO_CARRIER_SCAN: { within: { minutes: 9 } } } })).toMatchObject({
      within: { minutes: 9 },
      byMode: {},
    });
  });

  it('keep the limits of all other modes and partners where an override has one of its own', () => {
    const settings: RuleSettings = {
      rules: {
        SHIPPED_NO_CARRIER_SCAN: { byMode: { ltl: { minutes: 60 }, ftl: { minutes: 120 } } },
        EDI_UNACKED: { byPartner: { ACME: { minutes: 5 }, BOLT: { minutes: 6 } } },
      },
      overrides: [
        {
          when: { channel: 'edi' },
          rules: {
            SHIPPED_NO_CARRIER_SCAN: { byMode: { ltl: { minutes: 30 } } },
            EDI_UNACKED: { byPartner: { BOLT: { minutes: 9 } } },
          },
        },
      ],
    };
    const ofEdi = (code: string) => rule(code, settings, { channel: 'edi' })?.causes;
    expect(ofEdi('SHIPPED_NO_CARRIER_SCAN')).toMatchObject([
      { byMode: { ltl: { minutes: 30 }, ftl: { minutes: 120 } } },
    ]);
    expect(ofEdi('EDI_UNACKED')).toMatchObject([{ byPartner: { ACME: { minutes: 5 }, BOLT: { minutes: 9 } } }]);
    expect(rule('SHIPPED_NO_CARRIER_SCAN', settings)?.causes).toMatchObject([{ byMode: { ltl: { minutes: 60 } } }]);
  });

  it.each([
    ['channel', { channel: 'edi' }, { channel: 'edi' }],
    ['id of the customer', { customer: '7' }, buyer],
    ['GLN of the customer', { customer: '40' }, buyer],
    ['name of the customer', { customer: 'Acme' }, buyer],
    ['site that ships', { shipFrom: 'East' }, { parties: [{ role: 'ship_from', name: 'East' }] }],
  ])('are those of an override by %s', (_, when, more) => {
    const settings = { overrides: [{ when, rules: { ASN_MISSING: { isOn: true } } }] };
    expect(ruleSettingsProblems(settings)).toEqual([]);
    expect(rule('ASN_MISSING', settings, more)).toBeDefined();
    expect(
      rule('ASN_MISSING', settings, { channel: 'shop', parties: [{ role: 'buyer', name: 'Else' }] }),
    ).toBeUndefined();
  });

  it('take the last override of all that apply, field by field', () => {
    const settings: RuleSettings = {
      rules: { STUCK_PICK: { owner: 'all', severity: 'warning' } },
      overrides: [
        { when: { channel: 'edi' }, rules: { STUCK_PICK: { owner: 'edi team', within: { minutes: 5 } } } },
        { when: { channel: 'edi', customer: 'Acme' }, rules: { STUCK_PICK: { owner: 'acme team' } } },
      ],
    };
    const edi = { channel: 'edi' };
    expect(rule('STUCK_PICK', settings, edi)).toMatchObject({ owner: 'edi team', severity: 'warning' });
    expect(rule('STUCK_PICK', settings, { ...edi, ...buyer })).toMatchObject({
      owner: 'acme team',
      causes: [{ within: { minutes: 5 } }],
    });
  });
});
