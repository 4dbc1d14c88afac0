import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUnclear } from './bus-errors.ts';
import { type CasRecord, type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { HEADERS, keySubject, SERVER_HEADERS, type TriggerPlace, UNORDERED, unorderedSubject } from './names.ts';
import { STREAMS } from './streams.ts';

/** A dedupe key is remembered for so long. */
export const DEDUPE_WINDOW_MS = 86_400_000;
/** A claim of a given id outlives whatever would accept it again. */
const GIVEN_ID_WINDOW_MS = 30 * DEDUPE_WINDOW_MS;
/** Of what accepting a trigger may take. */
const TIMEOUT_MS = 1_500;
const RETRY_DELAY_MS = 100;

interface Parts {
  link: Link;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Which execution stands for a dedupe key or given id, and in which lane its trigger stands. */
export interface KeyClaim {
  executionId: string;
  lane: string;
}

/** How long a stored trigger answers for its key; a given id is never used again. */
export function windowOf({ executionId }: TriggerPlace): number {
  return executionId === undefined ? DEDUPE_WINDOW_MS : Number.POSITIVE_INFINITY;
}

/**
 * Claims the key of a trigger that stands in a lane, before it is stored, and gives who has it: an earlier claim, or `mine`. (To ask all lanes by a
 * wildcard instead takes the server longer with every trigger: 5 ms at 50,000.) Whoever meets a claim stores the trigger under it unless it is there,
 * so that nothing is missing when the claimer died in between. Gives `mine` where nothing has to be claimed.
 */
export async function claimKey(parts: Parts, trigger: TriggerPlace, mine: KeyClaim): Promise<KeyClaim> {
  const subject = keySubject(trigger);
  if (subject === undefined) return mine;
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return (await fromBeforeOrder(parts, trigger)) ?? (await claim(parts, trigger, { subject, mine }));
    } catch (error) {
      if (!isUnclear(error) || Date.now() >= deadline) throw error;
      await sleep(RETRY_DELAY_MS);
    }
  }
}

/** The same key may have come just before its flow began to keep order. */
async function fromBeforeOrder({ link, now }: Parts, trigger: TriggerPlace): Promise<KeyClaim | undefined> {
  const stored = await link.last(STREAMS.triggers, unorderedSubject(trigger));
  const executionId = stored?.header.get(HEADERS.executionId);
  if (!stored || !executionId || now() - stored.time.getTime() >= windowOf(trigger)) return undefined;
  return { executionId, lane: UNORDERED };
}

async function claim(
  { link, now }: Parts,
  trigger: TriggerPlace,
  { subject, mine }: { subject: string; mine: KeyClaim },
): Promise<KeyClaim> {
  const place: RecordPlace = { stream: STREAMS.waits, subject };
  const record: KeyClaim & CasRecord = { ...mine, token: randomUUID() };
  const ttlMs = trigger.executionId === undefined ? DEDUPE_WINDOW_MS : GIVEN_ID_WINDOW_MS;
  const fields = { [SERVER_HEADERS.ttl]: `${ttlMs / 1000}s` };
  for (let expectedVersion = 0; ; ) {
    const won = await swapRecord(link, place, record, { expectedVersion, fields, timeoutMs: TIMEOUT_MS });
    if (won !== undefined) return mine;
    const stored = await readRecord<KeyClaim>(link, place);
    if (stored && now() - stored.storedAt < windowOf(trigger)) return stored.value;
    expectedVersion = stored?.version ?? 0;
  }
}
