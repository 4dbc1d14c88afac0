import type { DeadLetterRecord } from '@crossdock/engine';
import type { FeedRecord, RecordFeed } from './bus.ts';
import { createFeed, type FeedSource } from './feed.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { HEADERS, JOURNAL_FILTER, REFUSALS_SUBJECT } from './names.ts';
import { decodeRefusals } from './refusals.ts';
import { STREAMS } from './streams.ts';
import { decodeTraceBatch } from './trace.ts';
import { decodeTriggerHead } from './trigger-codec.ts';

const SOURCES: readonly FeedSource<FeedRecord>[] = [
  {
    stream: STREAMS.triggers,
    decode: ({ seq, data, headers }) => {
      const payloadAt = headers?.get(HEADERS.payloadAt);
      const unread = decodeTriggerHead(data, payloadAt ? Number(payloadAt) : undefined);
      return unread ? [{ kind: 'trigger', seq, ...unread }] : [];
    },
  },
  {
    stream: STREAMS.journal,
    filter: JOURNAL_FILTER,
    decode: ({ seq, data }) => {
      const record = decodeSnapshot(data);
      return record ? [{ kind: 'journal', seq, record }] : [];
    },
  },
  {
    stream: STREAMS.trace,
    decode: ({ seq, data, subject }) =>
      subject === REFUSALS_SUBJECT
        ? decodeRefusals(data).map((record) => ({ kind: 'refusal', seq, record }))
        : decodeTraceBatch(data).map((record) => ({ kind: 'trace', seq, record })),
  },
  {
    stream: STREAMS.deadLetters,
    decode: ({ seq, data }) => {
      const record = decodeJson(data) as DeadLetterRecord | undefined;
      return record ? [{ kind: 'dead-letter', seq, record }] : [];
    },
  },
];

/** Everything that the read model of executions is made of. */
export const createRecordFeed = (link: Link): RecordFeed => createFeed(link, SOURCES);
