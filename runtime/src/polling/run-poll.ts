import { setTimeout as sleep } from 'node:timers/promises';
import type { ScheduleAddress } from '@crossdock/bus';
import { reasonOf } from '@crossdock/errors';
import { type PolledTrigger, type PollingContext, pollOnce } from './poll-once.ts';

/** A turn is held for so long, and held on to so often: who died in it is waited for no longer. */
const TURN_MS = 10_000;
const HOLD_ON_MS = 3_000;
/** One look at a busy system. */
const LOOK_MS = 300_000;
/** Hints within this are one. */
const HINT_MS = 1_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** Between two looks at whose turn it is. */
const STEP_MS = 5_000;

/**
 * Looks again and again, one process of all at a time: who moves the turn on by compare-and-swap has it. Positions move by compare-and-swap, too,
 * so that two who both think they have the turn start nothing twice. Never rejects; resolves once stopped.
 */
export async function runPoll(context: PollingContext, polled: PolledTrigger, stopping: AbortSignal): Promise<void> {
  const { bus, log, metrics } = context;
  const { env, flowId, nodeId, config } = polled.trigger;
  const place = { env, flowId, nodeId };
  const intervalMs = Number(config.intervalMs);
  const hints = hearHints(context, place);
  let failures = 0;
  while (!stopping.aborted) {
    try {
      await step();
    } catch (error) {
      log.warn({ ...place, reason: reasonOf(error) }, 'whose turn it is to look is asked again');
      await pause(FIRST_WAIT_MS);
    }
  }
  hints.close();

  async function step(): Promise<void> {
    const turn = await bus.positions.turn(place);
    const leftMs = (turn?.value.until ?? 0) - Date.now();
    if (leftMs > 0 && (turn?.value.isLooking || !hints.take())) return pause(Math.min(leftMs, STEP_MS));
    const startedAt = Date.now();
    const version = await bus.positions.swapTurn(place, heldTurn(), turn?.version ?? 0);
    if (version === undefined) return;
    const hold = holdOn(version);
    const waitMs = await look();
    await bus.positions.swapTurn(place, { until: startedAt + waitMs, isLooking: false }, await hold.end());
  }

  /** Keeps the turn while the look lasts; `end` gives the version that it stands at. */
  function holdOn(first: number): { end(): Promise<number> } {
    let version = first;
    let writing = Promise.resolve();
    const timer = setInterval(() => {
      writing = writing.then(async () => {
        version = (await bus.positions.swapTurn(place, heldTurn(), version).catch(() => undefined)) ?? version;
      });
    }, HOLD_ON_MS);
    return {
      async end() {
        clearInterval(timer);
        await writing;
        return version;
      },
    };
  }

  /** Gives how long after its begin the next look follows. */
  async function look(): Promise<number> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(LOOK_MS)]);
    const count = (outcome: string): void => metrics.count('crossdock_polls_total', { env, flow: flowId, outcome });
    try {
      const { more } = await pollOnce(context, polled, signal);
      failures = 0;
      count('looked');
      return more ? 0 : intervalMs;
    } catch (error) {
      if (stopping.aborted) return 0;
      failures++;
      count('failed');
      const waitMs = Math.max(intervalMs, Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
      log.warn({ ...place, reason: reasonOf(error), waitMs }, 'a look for changes failed');
      return waitMs;
    }
  }

  async function pause(ms: number): Promise<void> {
    const waiting = AbortSignal.any([stopping, hints.next()]);
    await sleep(ms, undefined, { signal: waiting }).catch(() => undefined);
  }
}

const heldTurn = () => ({ until: Date.now() + TURN_MS, isLooking: true });

interface Hints {
  /** Aborts with the next hint. */
  next(): AbortSignal;
  /** Whether there was one since it was last asked. */
  take(): boolean;
  close(): void;
}

/** Hints come before what they tell of may be seen, and many at once: each is heard a moment later. */
function hearHints({ bus }: PollingContext, place: ScheduleAddress): Hints {
  let wasHeard = false;
  let next = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = bus.positions.onHint(place, () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      wasHeard = true;
      next.abort();
    }, HINT_MS);
  });
  return {
    next() {
      if (next.signal.aborted && !wasHeard) next = new AbortController();
      return next.signal;
    },
    take() {
      const was = wasHeard;
      wasHeard = false;
      return was;
    },
    close() {
      clearTimeout(timer);
      end();
    },
  };
}
