import { randomUUID } from 'node:crypto';
import type { BreakerState, GuardPort } from '@crossdock/engine';
import { busError } from './bus-errors.ts';
import { type CasRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { bucketSubject, hashToken, permitFilter, permitSubject, SERVER_HEADERS } from './names.ts';
import { BUCKETS, STREAMS } from './streams.ts';
import { watchBucket } from './watched-bucket.ts';

/** Whoever asks about a breaker has a call to make and does not wait for the bus. */
const BREAKER_TIMEOUT_MS = 1_000;
/** So many windows of a rate limit are kept, for workers whose clocks differ. */
const KEPT_WINDOWS = 3;
const PURGE_INTERVAL_MS = 60_000;

/** A breaker as it rests: its key is a hash, so it says whose it is. */
interface BreakerRecord extends BreakerState, CasRecord {
  scope: string;
}

/** The guards, and the breakers that are not closed. */
export interface Guards extends GuardPort {
  openBreakers(): (BreakerState & { scope: string })[];
  close(): void;
}

/** Circuit breakers in a bucket that every process watches, permits as counters (ADR-49). Resolves when the breakers are loaded. */
export async function openGuards(link: Link): Promise<Guards> {
  const breakers = await watchBucket<BreakerRecord>(link, BUCKETS.breakers);
  const purged = new Map<string, number>();
  return {
    breaker(scope) {
      const entry = breakers.get(hashToken(scope));
      if (entry === undefined) return undefined;
      const { state, until, opens } = entry.value;
      return { value: { state, until, opens }, version: entry.version };
    },
    async setBreaker(scope, next, expectedVersion) {
      const place = { stream: `KV_${BUCKETS.breakers}`, subject: bucketSubject(BUCKETS.breakers, hashToken(scope)) };
      const record: BreakerRecord = { ...next, scope, token: randomUUID() };
      try {
        const version = await swapRecord(link, place, record, { expectedVersion, timeoutMs: BREAKER_TIMEOUT_MS });
        return version !== undefined;
      } catch (error) {
        link.log.debug({ scope, reason: String(error) }, 'a circuit breaker was not set');
        return false;
      }
    },
    async takePermits(scope, { startMs, limit, wanted }) {
      try {
        // A try whose answer got lost may have counted: then fewer permits are left than there could be.
        const fields = { [SERVER_HEADERS.increment]: `+${wanted}` };
        const { val } = await link.publish(permitSubject(scope, startMs), '', fields);
        const taken = Number(val);
        if (taken === wanted) void removeOldWindows(scope);
        return Math.max(0, Math.min(wanted, limit - (taken - wanted)));
      } catch (cause) {
        throw busError(cause);
      }
    },
    openBreakers: () =>
      breakers
        .values()
        .filter(({ state }) => state !== 'closed')
        .map(({ scope, state, until, opens }) => ({ scope, state, until, opens })),
    close: () => breakers.close(),
  };

  /** The first taker of a window looks after the ones before it. */
  async function removeOldWindows(scope: string): Promise<void> {
    if (Date.now() - (purged.get(scope) ?? 0) < PURGE_INTERVAL_MS) return;
    purged.set(scope, Date.now());
    const which = { filter: permitFilter(scope), keep: KEPT_WINDOWS };
    await link.jsm.streams
      .purge(STREAMS.permits, which)
      .catch((error: unknown) =>
        link.log.debug({ scope, reason: String(error) }, 'windows of a rate limit are removed later'),
      );
  }
}
