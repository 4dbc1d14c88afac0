import { setTimeout as sleep } from 'node:timers/promises';
import type { BlobPort } from '@crossdock/connector-sdk';
import { type JournalSnapshot, TERMINAL_STATUSES } from '@crossdock/engine';
import { v7 as uuidv7 } from 'uuid';
import type { Acceptance, NewTrigger, TriggerStore } from './bus.ts';
import { API_CODES, apiCode, busError, isUnclear } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { dedupeFilter, HEADERS, journalSubject, SERVER_HEADERS, triggerSubject } from './names.ts';
import type { ReplyInbox, ReplyMessage } from './replies.ts';
import { STREAMS } from './streams.ts';
import { encodeTrigger } from './trigger-codec.ts';

/** A dedupe key is remembered for so long. */
export const DEDUPE_WINDOW_MS = 86_400_000;
/** Larger payloads go to the object store. */
const MAX_INLINE_BYTES = 256 * 1024;
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

/** Triggers on `EVT`. The execution id is made here; deduplication is a compare-and-swap on the trigger's own subject. */
export function createTriggerStore(parts: Parts): TriggerStore {
  return {
    async accept(trigger) {
      const executionId = uuidv7();
      const waiter = trigger.replyWithinMs === undefined ? undefined : parts.inbox.expect(executionId);
      try {
        const subject = triggerSubject(trigger);
        const body = await writeBody(parts, trigger, executionId);
        const first = await store(parts, { trigger, executionId, subject, body });
        const acceptance: Acceptance = { executionId: first, duplicate: first !== executionId };
        if (waiter === undefined) return acceptance;
        const reply = await awaitReply(parts, trigger, acceptance, waiter.reply);
        return reply === undefined ? acceptance : { ...acceptance, reply };
      } catch (cause) {
        throw busError(cause);
      } finally {
        waiter?.forget();
      }
    },
  };
}

async function writeBody({ blobs, inbox }: Parts, trigger: NewTrigger, executionId: string): Promise<string> {
  const payloadJson = JSON.stringify(trigger.payload ?? null);
  const isLarge = Buffer.byteLength(payloadJson) > MAX_INLINE_BYTES;
  const blob = isLarge ? await blobs.put(Buffer.from(payloadJson), 'application/json') : undefined;
  const { flowId, revision, env, nodeId, receivedAt, headers, keys, replayOf } = trigger;
  return encodeTrigger(
    {
      executionId,
      flowId,
      revision,
      env,
      nodeId,
      receivedAt,
      headers,
      keys,
      ...(blob === undefined ? {} : { payloadBlob: blob.ref }),
      ...(trigger.replyWithinMs === undefined ? {} : { replyTo: inbox.subjectFor(executionId) }),
      ...(replayOf === undefined ? {} : { replayOf }),
    },
    isLarge ? undefined : payloadJson,
  );
}

interface Entry {
  trigger: NewTrigger;
  executionId: string;
  subject: string;
  body: string;
}

/** Stores the trigger and gives the id of the execution that stands for it: an earlier one where the dedupe key was seen. */
async function store({ link, now }: Parts, { trigger, executionId, subject, body }: Entry): Promise<string> {
  const deadline = Date.now() + ACCEPT_TIMEOUT_MS;
  const { dedupeKey } = trigger;
  const filter = dedupeKey === undefined ? undefined : dedupeFilter({ ...trigger, dedupeKey });
  let expected = 0;
  for (;;) {
    try {
      await link.publish(subject, body, {
        [HEADERS.executionId]: executionId,
        [HEADERS.revision]: String(trigger.revision),
        // Without a dedupe key a lost ack is harmless: the server drops the second copy by its id.
        ...(filter === undefined
          ? { [SERVER_HEADERS.messageId]: executionId }
          : {
              [SERVER_HEADERS.expectedLastSubjectSequence]: String(expected),
              [SERVER_HEADERS.expectedLastSubjectSequenceSubject]: filter === subject ? undefined : filter,
            }),
      });
      return executionId;
    } catch (error) {
      if (apiCode(error) === API_CODES.wrongLastSequence) {
        const stored = await link.last(STREAMS.triggers, filter ?? subject);
        const first = stored?.header.get(HEADERS.executionId);
        if (stored && first && (first === executionId || now() - stored.time.getTime() < DEDUPE_WINDOW_MS))
          return first;
        expected = stored?.seq ?? 0;
      } else if (apiCode(error) !== API_CODES.wrongLastSequenceUnknown && !isUnclear(error)) throw error;
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
  const snapshot = stored && (decodeJson(stored.data) as JournalSnapshot | undefined);
  if (!snapshot) return undefined;
  if (snapshot.reply) return snapshot.reply;
  return TERMINAL_STATUSES.some((status) => status === snapshot.status) ? { ended: snapshot.status } : undefined;
}
