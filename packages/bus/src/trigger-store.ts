import { setTimeout as sleep } from 'node:timers/promises';
import type { BlobPort } from '@crossdock/connector-sdk';
import type { TriggerRecord } from '@crossdock/engine';
import type { Acceptance, NewTrigger, TriggerStore } from './bus.ts';
import { API_CODES, apiCode, busError, isUnclear } from './bus-errors.ts';
import { newExecutionId } from './execution-id.ts';
import { isTerminalStatus } from './journal.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { claimKey, type KeyClaim, windowOf } from './key-claims.ts';
import type { Link } from './link.ts';
import { HEADERS, isStoredOnce, journalSubject, laneOf, SERVER_HEADERS, triggerSubject } from './names.ts';
import { dedupeKeyOf } from './once-claims.ts';
import type { ReplyInbox, ReplyMessage } from './replies.ts';
import { STREAMS } from './streams.ts';
import { type WrittenTrigger, writeTrigger } from './trigger-codec.ts';

/** Accepting gives up after this, so that the caller hears 503 instead of waiting. */
const ACCEPT_TIMEOUT_MS = 2_800;
const RETRY_DELAY_MS = 100;
/** How often the journal is asked beside the reply subject: for a duplicate, whose answer goes to the first caller, and else. */
const POLL_DUPLICATE_MS = 150;
const POLL_MS = 2_000;

interface Parts {
  link: Link;
  blobs: BlobPort;
  inbox: ReplyInbox;
  now: () => number;
}

/** Triggers on `EVT`. The execution id is made here unless it is given; deduplication is a compare-and-swap on the trigger's own subject. */
export function createTriggerStore(parts: Parts): TriggerStore {
  return {
    async accept(arrived) {
      try {
        const dedupeKey = await dedupeKeyOf(parts, arrived);
        const trigger = dedupeKey === arrived.dedupeKey ? arrived : { ...arrived, dedupeKey };
        const mine = { executionId: trigger.executionId ?? newExecutionId(), lane: laneOf(trigger) };
        const claim = await claimKey(parts, trigger, mine);
        return await acceptAs(parts, { ...trigger, lane: claim.lane }, claim, claim.executionId === mine.executionId);
      } catch (cause) {
        throw busError(cause);
      }
    },
  };
}

/** Stores the trigger as this execution, also as one that was promised to an earlier sender whose process died before it was stored. */
async function acceptAs(
  parts: Parts,
  trigger: NewTrigger,
  { executionId }: KeyClaim,
  isMine: boolean,
): Promise<Acceptance> {
  const waiter = trigger.replyWithinMs === undefined ? undefined : parts.inbox.expect(executionId);
  try {
    const written = await writeTrigger(parts.blobs, recordOf(parts, trigger, executionId));
    const stored = await store(parts, { trigger, executionId, written });
    const acceptance: Acceptance = { ...stored, duplicate: stored.duplicate || !isMine };
    if (waiter === undefined) return acceptance;
    const reply = await awaitReply(parts, trigger, acceptance, waiter.reply);
    return reply === undefined ? acceptance : { ...acceptance, reply };
  } finally {
    waiter?.forget();
  }
}

function recordOf({ inbox }: Parts, trigger: NewTrigger, executionId: string): TriggerRecord {
  const { dedupeKey: _dedupe, once: _once, orderingKey: _ordering, lane: _lane, replyWithinMs, ...record } = trigger;
  const replyTo = replyWithinMs === undefined ? {} : { replyTo: inbox.subjectFor(executionId) };
  return { ...record, executionId, ...replyTo };
}

interface Entry {
  trigger: NewTrigger;
  executionId: string;
  written: WrittenTrigger;
}

/** Stores the trigger and gives the execution that stands for it: an earlier one where the dedupe key or the given id was seen. */
async function store({ link, now }: Parts, { trigger, executionId, written }: Entry): Promise<Acceptance> {
  const deadline = Date.now() + ACCEPT_TIMEOUT_MS;
  const subject = triggerSubject(trigger);
  const windowMs = windowOf(trigger);
  let expected = 0;
  let mayBeMine = trigger.executionId === undefined;
  for (;;) {
    try {
      await link.publish(subject, written.text, {
        [HEADERS.executionId]: executionId,
        [HEADERS.payloadAt]: written.payloadAt?.toString(),
        [HEADERS.revision]: String(trigger.revision),
        // With nothing to tell it by, a lost ack is harmless: the server drops the second copy by its id.
        ...(isStoredOnce(trigger)
          ? { [SERVER_HEADERS.expectedLastSubjectSequence]: String(expected) }
          : { [SERVER_HEADERS.messageId]: executionId }),
      });
      return { executionId, duplicate: false };
    } catch (error) {
      if (apiCode(error) === API_CODES.wrongLastSequence) {
        const stored = await link.last(STREAMS.triggers, subject);
        const first = stored?.header.get(HEADERS.executionId);
        if (stored && first && (first === executionId || now() - stored.time.getTime() < windowMs))
          return { executionId: first, duplicate: !(mayBeMine && first === executionId) };
        expected = stored?.seq ?? 0;
      } else if (apiCode(error) !== API_CODES.wrongLastSequenceUnknown) {
        if (!isUnclear(error)) throw error;
        mayBeMine = true;
      }
      if (Date.now() >= deadline) throw error;
      await sleep(RETRY_DELAY_MS);
    }
  }
}

/** The answer, from whichever comes first: the reply subject or the journal. Undefined when time is up. */
async function awaitReply(
  { link }: Parts,
  trigger: NewTrigger,
  { executionId, duplicate }: Acceptance,
  reply: Promise<ReplyMessage>,
): Promise<ReplyMessage | undefined> {
  const deadline = Date.now() + (trigger.replyWithinMs ?? 0);
  const subject = journalSubject({ env: trigger.env, flowId: trigger.flowId, executionId });
  const pollMs = duplicate ? POLL_DUPLICATE_MS : POLL_MS;
  if (duplicate) {
    const found = await readReply(link, subject);
    if (found) return found;
  }
  for (let left = deadline - Date.now(); left > 0; left = deadline - Date.now()) {
    const timer = new AbortController();
    const found = await Promise.race([
      reply,
      sleep(Math.min(pollMs, left), undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    const answer = found ?? (await readReply(link, subject));
    if (answer) return answer;
  }
  return undefined;
}

async function readReply(link: Link, subject: string): Promise<ReplyMessage | undefined> {
  const stored = await link.last(STREAMS.journal, subject).catch(() => undefined);
  const snapshot = stored && decodeSnapshot(stored.data);
  if (!snapshot) return undefined;
  if (snapshot.reply) return snapshot.reply;
  return isTerminalStatus(snapshot.status) ? { ended: snapshot.status } : undefined;
}
