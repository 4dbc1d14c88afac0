import { randomUUID } from 'node:crypto';
import type { NewTrigger } from './bus.ts';
import { type CasRecord, type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import { DEDUPE_WINDOW_MS } from './key-claims.ts';
import type { Link } from './link.ts';
import { onceSubject, SERVER_HEADERS } from './names.ts';
import { STREAMS } from './streams.ts';

/** Of what accepting a trigger may take. */
const TIMEOUT_MS = 1_500;

interface OnceClaim extends CasRecord {
  dedupeKey: string;
}

/**
 * Gives the dedupe key under which a trigger with `once` is to be stored. A flow without one of its own gets it from `once`. Where it has one, the first
 * arrival's stands for all later ones for 24 h: what the key is made of (headers, the time) may not be covered by what makes the arrival the same.
 * A claim alone refuses nothing: an arrival whose trigger was not stored may come again.
 */
export async function dedupeKeyOf(
  { link, now }: { link: Link; now: () => number },
  { env, flowId, nodeId, once, dedupeKey }: NewTrigger,
): Promise<string | undefined> {
  if (once === undefined) return dedupeKey;
  const name = JSON.stringify(['once', nodeId, once]);
  if (dedupeKey === undefined) return name;
  const place: RecordPlace = { stream: STREAMS.waits, subject: onceSubject({ env, flowId }, name) };
  const record: OnceClaim = { dedupeKey, token: randomUUID() };
  const fields = { [SERVER_HEADERS.ttl]: `${DEDUPE_WINDOW_MS / 1000}s` };
  for (let expectedVersion = 0; ; ) {
    const won = await swapRecord(link, place, record, { expectedVersion, fields, timeoutMs: TIMEOUT_MS });
    if (won !== undefined) return dedupeKey;
    const stored = await readRecord<OnceClaim>(link, place);
    if (stored && now() - stored.storedAt < DEDUPE_WINDOW_MS) return stored.value.dedupeKey;
    expectedVersion = stored?.version ?? 0;
  }
}
