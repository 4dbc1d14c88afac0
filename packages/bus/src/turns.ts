import { randomUUID } from 'node:crypto';
import { readRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { bucketSubject } from './names.ts';
import { BUCKETS } from './streams.ts';

export interface TurnTimes {
  firstAfterMs: number;
  intervalMs: number;
}

/**
 * Does a piece of housekeeping every `intervalMs`, one worker of all: whose compare-and-swap wins has the turn, so no one has to be elected.
 * A worker that dies in its turn leaves the next one to somebody else. Trouble of the bus puts the work off.
 */
export function takeTurns(
  link: Link,
  name: string,
  { firstAfterMs, intervalMs }: TurnTimes,
  work: (isStopping: () => boolean) => Promise<unknown>,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let isStopping = false;
  plan(firstAfterMs);
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await current;
    },
  };

  function plan(inMs: number): void {
    timer = setTimeout(() => {
      current = turn();
    }, inMs);
    timer.unref();
  }

  async function turn(): Promise<void> {
    let waitMs = intervalMs;
    try {
      waitMs = await untilNextTurn(link, name, intervalMs);
      if (waitMs === 0) await work(() => isStopping);
    } catch (error) {
      link.log.debug({ work: name, reason: String(error) }, 'housekeeping is put off');
    }
    if (!isStopping) plan(waitMs || intervalMs);
  }
}

/** 0 when it is this worker's turn now; else the milliseconds until somebody's next. */
async function untilNextTurn(link: Link, name: string, intervalMs: number): Promise<number> {
  const place = { stream: `KV_${BUCKETS.watermarks}`, subject: bucketSubject(BUCKETS.watermarks, `turn.${name}`) };
  const last = await readRecord(link, place);
  const leftMs = last === undefined ? 0 : last.storedAt + intervalMs - Date.now();
  if (leftMs > 0) return Math.min(leftMs, intervalMs);
  const won = await swapRecord(link, place, { token: randomUUID() }, { expectedVersion: last?.version ?? 0 });
  return won === undefined ? intervalMs : 0;
}
