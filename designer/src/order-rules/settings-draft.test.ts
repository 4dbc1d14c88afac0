import { type RuleSettings, ruleSettingsProblems } from '@crossdock/orders';
import { describe, expect, it } from 'vitest';
import { calendarOf, daysIn, draftOf, readHours, readTime, unreadableDays, weekInRuns } from './calendar-draft.ts';
import {
  usesOf,
  withCalendar,
  withDefaultCalendar,
  withOverride,
  withOverridesSwapped,
  withoutCalendar,
  withResolveWithin,
} from './settings-draft.ts';

const east = { timeZone: 'America/New_York', week: { monday: [{ from: '06:00', to: '22:00' }] } };
const settings: RuleSettings = {
  calendars: { east },
  calendar: 'east',
  rules: { STUCK_PICK: { calendar: 'east', owner: 'night' }, DELIVERY_LATE: { owner: 'x' } },
  overrides: [
    { when: { customer: 'ACME' }, calendar: 'east', rules: { ASN_MISSING: { calendar: 'east', isOn: true } } },
  ],
};

describe('hours', () => {
  it.each([
    ['', []],
    ['8-17', [{ from: '08:00', to: '17:00' }]],
    [
      '06:00–14:00, 1430 - 22:00',
      [
        { from: '06:00', to: '14:00' },
        { from: '14:30', to: '22:00' },
      ],
    ],
    ['all day', undefined],
    ['8-17, noon', undefined],
  ])('are read as people write them: %s', (text, hours) => {
    expect(readHours(text)).toEqual(hours);
  });

  it('come back as they were, and days with the same stand together', () => {
    const hours = [{ from: '08:00', to: '17:00' }];
    const calendar = { timeZone: 'UTC', week: { monday: hours, tuesday: hours, thursday: hours }, cutOff: '15:00' };
    expect(calendarOf(draftOf(calendar))).toEqual(calendar);
    expect(weekInRuns(calendar.week)).toEqual([
      { first: 'monday', last: 'tuesday', hours: '08:00–17:00' },
      { first: 'thursday', last: 'thursday', hours: '08:00–17:00' },
    ]);
  });

  it('that cannot be read are told by day; a cut-off is read alike, and what is none is left for the check to name', () => {
    const draft = { ...draftOf(east), cutOff: '15', holidays: ['2026-12-25', '2026-01-01'] };
    expect(unreadableDays({ ...draft, week: { ...draft.week, sunday: 'late' } })).toEqual(['sunday']);
    expect(calendarOf(draft)).toMatchObject({ cutOff: '15:00', holidays: ['2026-01-01', '2026-12-25'] });
    expect(daysIn(['2026-12-25,', '2026-12-26 2026-12-25'])).toEqual(['2026-12-25', '2026-12-26']);
    expect(readTime('soon')).toBeUndefined();
    const wrong = withCalendar(
      {},
      { before: undefined, name: 'c', calendar: calendarOf({ ...draft, cutOff: 'soon' }) },
    );
    expect(ruleSettingsProblems(wrong)[0]?.field).toBe('calendars.c.cutOff');
  });
});

describe('a calendar', () => {
  it('that gets another name keeps what counts by it', () => {
    const next = withCalendar(settings, { before: 'east', name: 'dock east', calendar: east });
    expect(ruleSettingsProblems(next)).toEqual([]);
    expect(JSON.stringify(next)).not.toContain('"east"');
    expect([next.calendar, usesOf(next, 'dock east'), usesOf(settings, 'east')]).toEqual(['dock east', 3, 3]);
    expect(next.rules?.DELIVERY_LATE).toEqual({ owner: 'x' });
  });

  it('that goes leaves nothing that names it', () => {
    const next = withoutCalendar(settings, 'east');
    expect(ruleSettingsProblems(next)).toEqual([]);
    expect(next).toEqual({
      rules: { STUCK_PICK: { owner: 'night' }, DELIVERY_LATE: { owner: 'x' } },
      overrides: [{ when: { customer: 'ACME' }, rules: { ASN_MISSING: { isOn: true } } }],
    });
  });

  it('is added beside others, and may be the one that counts where no other does', () => {
    const next = withCalendar(settings, { before: undefined, name: 'west', calendar: east });
    expect(Object.keys(next.calendars ?? {})).toEqual(['east', 'west']);
    expect(withDefaultCalendar(next, 'west').calendar).toBe('west');
    expect(withDefaultCalendar(next, undefined)).not.toHaveProperty('calendar');
  });
});

it('a time to settle exceptions is set and taken back', () => {
  const set = withResolveWithin({}, 'critical', { minutes: 30 });
  expect(set).toEqual({ resolveWithin: { critical: { minutes: 30 } } });
  expect(withResolveWithin(set, 'critical', undefined)).toEqual({});
});

it('overrides are added, replaced, moved and taken away', () => {
  const b = { when: { channel: 'edi' } };
  const both = withOverride(settings, 'new', b);
  expect(both.overrides?.map(({ when }) => when)).toEqual([{ customer: 'ACME' }, { channel: 'edi' }]);
  expect(withOverridesSwapped(both, 0).overrides?.[0]).toEqual(b);
  expect(withOverridesSwapped(both, 1)).toEqual(both);
  expect(withOverride(both, 0, b).overrides).toEqual([b, b]);
  expect(withOverride(withOverride(both, 0, undefined), 0, undefined)).not.toHaveProperty('overrides');
});
