import { randomUUID } from 'node:crypto';
import type { HookRefusal } from '@crossdock/api-contract';
import type { RefusalCount, RefusalPort } from '@crossdock/bus';
import { reasonOf } from '@crossdock/errors';
import type { Logger } from '../log.ts';

const MINUTE_MS = 60_000;
const TELL_AFTER_MS = 2_000;
/** What could not be told for so long is forgotten; the metric still has it. */
const FORGET_AFTER_MS = 60 * MINUTE_MS;

/** Counts what this process refuses, for the read model. */
export interface RefusalCounts {
  count(at: { env: string; flowId: string; nodeId: string; reason: HookRefusal }): void;
}

/**
 * Tells the bus every 2 s while requests are refused: a count for each hook, reason and minute, however many they are. A count is told as a whole, so that
 * one which comes twice changes nothing. What was counted in the last 2 s before the process ends is in its metric alone.
 */
export function createRefusalCounts(
  bus: { readonly refusals: RefusalPort },
  log: Pick<Logger, 'warn'>,
  { now = Date.now, tellAfterMs = TELL_AFTER_MS }: { now?: () => number; tellAfterMs?: number } = {},
): RefusalCounts {
  const source = randomUUID();
  const counts = new Map<string, RefusalCount>();
  const untold = new Set<string>();
  let isPlanned = false;

  return {
    count(at) {
      const minute = Math.floor(now() / MINUTE_MS) * MINUTE_MS;
      const key = JSON.stringify([minute, at.env, at.flowId, at.nodeId, at.reason]);
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { source, minute, ...at, count: 1 });
      untold.add(key);
      if (isPlanned) return;
      isPlanned = true;
      setTimeout(tell, tellAfterMs).unref();
    },
  };

  async function tell(): Promise<void> {
    isPlanned = false;
    const keys = [...untold];
    untold.clear();
    try {
      await bus.refusals.tell(keys.flatMap((key) => counts.get(key) ?? []));
    } catch (error) {
      for (const key of keys) untold.add(key);
      log.warn(
        { reason: reasonOf(error) },
        'refused requests could not be told to the read model; tried again with the next',
      );
    }
    forget();
  }

  /** Past minutes that are told, and those that nobody took for too long. */
  function forget(): void {
    for (const [key, { minute }] of counts) {
      const age = now() - minute;
      if (age < MINUTE_MS || (untold.has(key) && age < FORGET_AFTER_MS)) continue;
      counts.delete(key);
      untold.delete(key);
    }
  }
}
