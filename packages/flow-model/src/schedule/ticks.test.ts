import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestTick, nextTick, type Schedule, ticksBetween } from './ticks.ts';
import { offsetAt } from './time-zone.ts';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';
const KOLKATA = 'Asia/Kolkata';

/** The ticks within these UTC times as the zone's clock shows them, with its offset. */
function shown(schedule: Schedule, after: string, until: string): string[] {
  const { timeZone = 'UTC' } = schedule;
  const ticks = ticksBetween(schedule, new Date(`${after}Z`), new Date(`${until}Z`), 1000);
  return ticks.map((tick) => {
    const offset = offsetAt(timeZone, tick.getTime());
    const clock = new Date(tick.getTime() + offset).toISOString();
    return `${clock.slice(5, 16)}${clock.endsWith('00.000Z') ? '' : clock.slice(16, 19)} +${offset / 3_600_000}`.replace(
      '+-',
      '-',
    );
  });
}

describe('nextTick', () => {
  it('is the first tick after a moment, never the moment itself', () => {
    const schedule = { cron: '0 6 * * *' };
    expect(nextTick(schedule, new Date('2026-03-01T06:00:00Z'))).toEqual(new Date('2026-03-02T06:00:00Z'));
    expect(nextTick(schedule, new Date('2026-03-01T05:59:59.999Z'))).toEqual(new Date('2026-03-01T06:00:00Z'));
    expect(nextTick(schedule, new Date('2026-03-01T06:00:00.001Z'))).toEqual(new Date('2026-03-02T06:00:00Z'));
  });

  it('reads six fields as seconds first', () => {
    const ticks = ticksBetween(
      { cron: '*/20 30 6 * * *' },
      new Date('2026-03-01T00:00Z'),
      new Date('2026-03-01T12:00Z'),
      9,
    );
    expect(ticks.map((tick) => tick.toISOString().slice(11, 19))).toEqual(['06:30:00', '06:30:20', '06:30:40']);
  });

  it('keeps to the times of its zone all year', () => {
    const schedule = { cron: '0 6 1 * MON', timeZone: BERLIN };
    expect(shown({ cron: '0 6 1 1,7 *', timeZone: BERLIN }, '2026-01-01T00:00', '2026-12-31T00:00')).toEqual([
      '01-01T06:00 +1',
      '07-01T06:00 +2',
    ]);
    // Day of the month or day of the week, as cron has it.
    expect(shown(schedule, '2026-06-01T00:00', '2026-06-09T00:00')).toEqual(['06-01T06:00 +2', '06-08T06:00 +2']);
  });

  it('finds a day that comes every few years, with the offset it has then', () => {
    expect(nextTick({ cron: '0 12 29 2 *', timeZone: NEW_YORK }, new Date('2026-07-01T00:00Z'))).toEqual(
      new Date('2028-02-29T17:00Z'),
    );
    expect(nextTick({ cron: '0 0 30 2 *' }, new Date('2026-07-01T00:00Z'))).toBeUndefined();
  });

  it('throws for what is no schedule', () => {
    expect(() => nextTick({ cron: 'often' }, new Date())).toThrow();
    expect(() => nextTick({ cron: '* * * * *', timeZone: 'Mars/Olympus' }, new Date())).toThrow(RangeError);
  });
});

describe('a clock put forward', () => {
  it('ticks once right after for a time it leaves out (Berlin, 02:00 → 03:00)', () => {
    const days = ['2026-03-28T00:00', '2026-03-30T12:00'] as const;
    const times = ['03-28T02:30 +1', '03-29T03:00 +2', '03-30T02:30 +2'];
    expect(shown({ cron: '30 2 * * *', timeZone: BERLIN }, ...days)).toEqual(times);
    expect(shown({ cron: '30 2 * * *', timeZone: BERLIN, dst: 'skip' }, ...days)).toEqual([times[0], times[2]]);
    expect(shown({ cron: '30 1 * * *', timeZone: BERLIN }, ...days)).toEqual([
      '03-28T01:30 +1',
      '03-29T01:30 +1',
      '03-30T01:30 +2',
    ]);
    expect(shown({ cron: '0 3 * * *', timeZone: BERLIN }, ...days)).toEqual([
      '03-28T03:00 +1',
      '03-29T03:00 +2',
      '03-30T03:00 +2',
    ]);
    expect(shown({ cron: '0 2 * * *', timeZone: BERLIN }, ...days)).toEqual([
      '03-28T02:00 +1',
      '03-29T03:00 +2',
      '03-30T02:00 +2',
    ]);
  });

  it('ticks once for several times it leaves out, and for one that is due right then anyway', () => {
    const hours = ['2026-03-29T00:00', '2026-03-29T03:00'] as const;
    expect(shown({ cron: '0,15,30,45 2 * * *', timeZone: BERLIN }, ...hours)).toEqual(['03-29T03:00 +2']);
    expect(shown({ cron: '0,30 1-3 * * *', timeZone: BERLIN }, ...hours)).toEqual([
      '03-29T01:30 +1',
      '03-29T03:00 +2',
      '03-29T03:30 +2',
    ]);
    expect(shown({ cron: '0,30 1-3 * * *', timeZone: BERLIN, dst: 'skip' }, ...hours)).toEqual([
      '03-29T01:30 +1',
      '03-29T03:00 +2',
      '03-29T03:30 +2',
    ]);
    expect(shown({ cron: '30 2-3 * * *', timeZone: BERLIN, dst: 'skip' }, ...hours)).toEqual(['03-29T03:30 +2']);
  });

  it('holds in New York (02:00 → 03:00) and on Lord Howe Island (02:00 → 02:30)', () => {
    expect(shown({ cron: '30 2 * * *', timeZone: NEW_YORK }, '2026-03-07T12:00', '2026-03-09T12:00')).toEqual([
      '03-08T03:00 -4',
      '03-09T02:30 -4',
    ]);
    const lordHowe = ['2026-10-03T00:00', '2026-10-05T00:00'] as const;
    expect(shown({ cron: '15 2 * * *', timeZone: LORD_HOWE }, ...lordHowe)).toEqual([
      '10-04T02:30 +11',
      '10-05T02:15 +11',
    ]);
    expect(shown({ cron: '15 2 * * *', timeZone: LORD_HOWE, dst: 'skip' }, ...lordHowe)).toEqual(['10-05T02:15 +11']);
    expect(shown({ cron: '45 2 * * *', timeZone: LORD_HOWE }, ...lordHowe)).toEqual([
      '10-04T02:45 +11',
      '10-05T02:45 +11',
    ]);
  });

  it('goes on every hour and every few minutes without a tick more or less than hours passed', () => {
    const night = ['2026-03-29T00:00', '2026-03-29T02:00'] as const;
    expect(shown({ cron: '15 * * * *', timeZone: BERLIN }, ...night)).toEqual(['03-29T01:15 +1', '03-29T03:15 +2']);
    expect(shown({ cron: '*/30 * * * *', timeZone: BERLIN }, ...night)).toEqual([
      '03-29T01:30 +1',
      '03-29T03:00 +2',
      '03-29T03:30 +2',
      '03-29T04:00 +2',
    ]);
  });

  it('leaves a whole day out where the zone did (Samoa, 30 December 2011)', () => {
    const days = ['2011-12-29T12:00', '2012-01-01T00:00'] as const;
    expect(shown({ cron: '0 9 * * *', timeZone: 'Pacific/Apia', dst: 'skip' }, ...days)).toEqual([
      '12-29T09:00 -10',
      '12-31T09:00 +14',
      '01-01T09:00 +14',
    ]);
    expect(shown({ cron: '0 9 * * *', timeZone: 'Pacific/Apia' }, ...days)).toEqual([
      '12-29T09:00 -10',
      '12-31T00:00 +14',
      '12-31T09:00 +14',
      '01-01T09:00 +14',
    ]);
  });
});

describe('a clock put back', () => {
  it('ticks for a time it shows twice only the first time (Berlin, 03:00 → 02:00)', () => {
    const days = ['2026-10-24T00:00', '2026-10-27T00:00'] as const;
    expect(shown({ cron: '30 2 * * *', timeZone: BERLIN }, ...days)).toEqual([
      '10-24T02:30 +2',
      '10-25T02:30 +2',
      '10-26T02:30 +1',
    ]);
    expect(shown({ cron: '0 3 * * *', timeZone: BERLIN }, ...days)).toEqual([
      '10-24T03:00 +2',
      '10-25T03:00 +1',
      '10-26T03:00 +1',
    ]);
    expect(shown({ cron: '0,30 1-3 * * *', timeZone: BERLIN }, '2026-10-24T22:00', '2026-10-25T03:00')).toEqual([
      '10-25T01:00 +2',
      '10-25T01:30 +2',
      '10-25T02:00 +2',
      '10-25T02:30 +2',
      '10-25T03:00 +1',
      '10-25T03:30 +1',
    ]);
  });

  it('does not tick again when asked between the two', () => {
    const schedule = { cron: '30 2 * * *', timeZone: BERLIN };
    for (const after of ['00:30:00', '00:45:00', '01:00:00', '01:29:59', '01:30:00', '01:45:00'])
      expect(nextTick(schedule, new Date(`2026-10-25T${after}Z`))).toEqual(new Date('2026-10-26T01:30Z'));
  });

  it('holds in New York (02:00 → 01:00) and on Lord Howe Island (02:00 → 01:30)', () => {
    expect(shown({ cron: '30 1 * * *', timeZone: NEW_YORK }, '2026-10-31T12:00', '2026-11-02T12:00')).toEqual([
      '11-01T01:30 -4',
      '11-02T01:30 -5',
    ]);
    const lordHowe = ['2026-04-04T00:00', '2026-04-06T00:00'] as const;
    expect(shown({ cron: '45 1 * * *', timeZone: LORD_HOWE }, ...lordHowe)).toEqual([
      '04-05T01:45 +11',
      '04-06T01:45 +10.5',
    ]);
    expect(shown({ cron: '15 1 * * *', timeZone: LORD_HOWE }, ...lordHowe)).toEqual([
      '04-05T01:15 +11',
      '04-06T01:15 +10.5',
    ]);
  });

  it('goes on every hour and every few minutes through the hour that comes twice', () => {
    const night = ['2026-10-25T00:00', '2026-10-25T02:00'] as const;
    expect(shown({ cron: '15 * * * *', timeZone: BERLIN }, ...night)).toEqual(['10-25T02:15 +2', '10-25T02:15 +1']);
    expect(shown({ cron: '*/30 * * * *', timeZone: BERLIN }, ...night)).toEqual([
      '10-25T02:30 +2',
      '10-25T02:00 +1',
      '10-25T02:30 +1',
      '10-25T03:00 +1',
    ]);
    expect(shown({ cron: '50 * * * *', timeZone: LORD_HOWE }, '2026-04-04T14:00', '2026-04-04T16:00')).toEqual([
      '04-05T01:50 +11',
      '04-05T01:50 +10.5',
    ]);
  });
});

describe('a zone whose clock never changes', () => {
  it('has every time of day once', () => {
    const year = ticksBetween(
      { cron: '30 2 * * *', timeZone: KOLKATA },
      new Date('2026-01-01T00:00Z'),
      new Date('2027-01-01T00:00Z'),
      1000,
    );
    expect(year).toHaveLength(365);
    expect(new Set(year.map((tick) => tick.toISOString().slice(11)))).toEqual(new Set(['21:00:00.000Z']));
  });
});

describe('over a whole year in any zone', () => {
  const zones = [
    BERLIN,
    NEW_YORK,
    LORD_HOWE,
    KOLKATA,
    'UTC',
    'Africa/Casablanca',
    'America/St_Johns',
    'Pacific/Chatham',
    'Asia/Tehran',
    'Antarctica/Troll',
  ];
  const crons = ['0 0 * * *', '30 1 * * *', '30 2 * * *', '0 3 * * *', '45 0 * * *'];
  const year = [new Date('2026-01-01T00:00Z'), new Date('2027-01-01T00:00Z')] as const;

  it.each(zones)('names each time of day once each day: %s', (timeZone) => {
    for (const cron of crons) {
      const days = Map.groupBy(ticksBetween({ cron, timeZone }, ...year, 5000), (tick) =>
        new Date(tick.getTime() + offsetAt(timeZone, tick.getTime())).toISOString().slice(0, 10),
      );
      // The year's first and last day are cut where the zone's day is not UTC's.
      const whole = [...days].slice(1, -1);
      expect(whole.length).toBeGreaterThan(360);
      for (const [day, ticks] of whole) expect([day, ticks.length]).toEqual([day, 1]);
    }
  });

  it.each(zones)(
    'ticks every quarter of an hour that passes, where the clock changes by whole quarters: %s',
    (timeZone) => {
      const ticks = ticksBetween(
        { cron: '*/15 * * * *', timeZone },
        new Date('2026-03-01T00:00Z'),
        new Date('2026-05-01T00:00Z'),
        9000,
      );
      const steps = ticks.slice(1).map((tick, index) => tick.getTime() - (ticks[index]?.getTime() ?? 0));
      expect(new Set(steps)).toEqual(new Set([900_000]));
    },
  );

  it('gives the same ticks from wherever one begins', () => {
    const some = fc.record({
      timeZone: fc.constantFrom(...zones),
      cron: fc.constantFrom(...crons, '*/7 * * * *', '0 */2 * * *'),
      dst: fc.constantFrom('once', 'skip'),
    });
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 0, max: 86_399 }),
        (schedule, day, second) => {
          const start = Date.UTC(2026, 0, 1) + day * 86_400_000;
          const all = ticksBetween(schedule as Schedule, new Date(start), new Date(start + 4 * 86_400_000), 1000);
          const from = new Date(start + second * 1000);
          expect(nextTick(schedule as Schedule, from)).toEqual(all.find((tick) => tick > from));
        },
      ),
    );
  });
});

describe('ticksBetween and latestTick', () => {
  const [after, until] = [new Date('2026-03-01T00:00Z'), new Date('2026-03-01T03:00Z')];

  it('take the end and not the beginning', () => {
    expect(ticksBetween({ cron: '0 * * * *' }, after, until, 9)).toHaveLength(3);
    expect(ticksBetween({ cron: '0 * * * *' }, after, until, 2)).toHaveLength(2);
    expect(latestTick({ cron: '0 * * * *' }, after, until)).toEqual(until);
    expect(latestTick({ cron: '0 * * * *' }, after, after)).toBeUndefined();
  });

  it('find the newest among very many, and none where there is none', () => {
    expect(
      latestTick({ cron: '* * * * * *' }, new Date('2020-01-01T00:00Z'), new Date('2026-03-01T00:00:00.700Z')),
    ).toEqual(after);
    expect(latestTick({ cron: '30 2 * * *' }, after, until)).toEqual(new Date('2026-03-01T02:30Z'));
    expect(latestTick({ cron: '30 4 * * *' }, after, until)).toBeUndefined();
    expect(latestTick({ cron: '0 12 29 2 *' }, new Date('2020-01-01T00:00Z'), until)).toEqual(
      new Date('2024-02-29T12:00Z'),
    );
  });
});
