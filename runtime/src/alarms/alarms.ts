import { randomUUID } from 'node:crypto';
import type { Bus } from '@crossdock/bus';
import { clearGauges, publishGauges } from '../health/gauges.ts';
import type { Metrics } from '../metrics.ts';
import { type Database, leaveTurn, takeTurn } from '../store/index.ts';
import { type DeliverOptions, deliverDue } from './deliver.ts';
import { evaluateRules } from './evaluate.ts';
import { alarmsPausedSince } from './sending.ts';
import { sweepHealth } from './sweep-health.ts';

export interface AlarmsOptions extends DeliverOptions {
  db: Database;
  bus: Pick<Bus, 'health' | 'registry'>;
  /** Where people find the designer. */
  baseUrl: string;
  metrics: Metrics;
  lookEveryMs?: number;
}

/** Looks after alarms; `stop` waits for the look in hand and leaves the rest to another process. */
export interface Alarms {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 10_000;
const SWEEP_EVERY_MS = 3_600_000;
const TURN = 'alarms';

/**
 * Looks at the rules every 10 s and sends what is due, in one process of all that run: the turn is a row of the database, and what is known of alarms
 * is kept there alone, so that a restart or another process goes on where this one was.
 */
export function startAlarms(options: AlarmsOptions): Alarms {
  const { db, bus, log, metrics, now = Date.now, lookEveryMs = LOOK_EVERY_MS } = options;
  const owner = randomUUID();
  const stopping = new AbortController();
  let sweptAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    // Longer than a look takes, so that nobody comes in between; shorter than anybody minds after a crash.
    if (!(await takeTurn(db, { name: TURN, owner, forMs: lookEveryMs * 3 + 30_000 }))) {
      clearGauges(metrics);
      return;
    }
    const reading = await bus.health.read().catch(() => undefined);
    const isPaused = (await alarmsPausedSince(db.kysely)) !== null;
    await evaluateRules({ ...options, reading, now: now(), tellNobody: isPaused });
    await publishGauges(metrics, { db, reading, now: now() });
    if (!isPaused) await deliverDue(options, stopping.signal);
    if (now() - sweptAt >= SWEEP_EVERY_MS) {
      sweptAt = now();
      await sweepHealth(db, now());
    }
  };
  const plan = (inMs: number): void => {
    timer = setTimeout(() => {
      current = look()
        .catch((error: unknown) => log.warn({ err: error }, 'alarms could not be looked at; tried again soon'))
        .then(() => {
          if (!stopping.signal.aborted) plan(lookEveryMs);
        });
    }, inMs);
    timer.unref();
  };
  plan(Math.min(1_000, lookEveryMs));

  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await current;
      await leaveTurn(db, { name: TURN, owner }).catch(() => undefined);
    },
  };
}
