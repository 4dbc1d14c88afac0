import { randomUUID } from 'node:crypto';
import type { ScheduleAddress, TickStore } from './bus.ts';
import { type CasRecord, type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { tickSubject } from './names.ts';
import { STREAMS } from './streams.ts';

interface Tick extends CasRecord {
  tick: string;
}

/** Ticks on `CRON`, chained by compare-and-swap; the last 100 of each schedule stay to be looked at. */
export function createTicks(link: Link): TickStore {
  return {
    async last(schedule) {
      const stored = await readRecord<Tick>(link, placeOf(schedule));
      return stored && { tick: stored.value.tick, version: stored.version };
    },
    async advance(schedule, tick, expectedVersion) {
      const record: Tick = { tick, token: randomUUID() };
      return (await swapRecord(link, placeOf(schedule), record, { expectedVersion })) !== undefined;
    },
  };
}

function placeOf(schedule: ScheduleAddress): RecordPlace {
  return { stream: STREAMS.ticks, subject: tickSubject(schedule) };
}
