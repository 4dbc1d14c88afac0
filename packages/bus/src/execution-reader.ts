import type { BlobPort } from '@crossdock/connector-sdk';
import type { ExecutionReader } from './bus.ts';
import { API_CODES, apiCode, busError } from './bus-errors.ts';
import { decodeSnapshot } from './journal-codec.ts';
import type { Link } from './link.ts';
import { laneOfTriggerSubject } from './names.ts';
import { STREAMS } from './streams.ts';
import { decodeTrigger, withSeed } from './trigger-codec.ts';

/** Reads of single executions, always from the stream's leader: followers may be behind (ADR-31). */
export function createExecutionReader(link: Link, blobs: BlobPort): ExecutionReader {
  return {
    async read(executionId) {
      if (!/^[\w-]+$/.test(executionId)) return undefined;
      try {
        const stored = await link.last(STREAMS.journal, `j.*.*.${executionId}`);
        return stored && decodeSnapshot(stored.data);
      } catch (cause) {
        throw busError(cause);
      }
    },
    async trigger(seq) {
      try {
        const stored = await link.jsm.streams.getMessage(STREAMS.triggers, { seq });
        const record = stored && decodeTrigger(stored.data);
        if (!record) return undefined;
        const lane = laneOfTriggerSubject(stored.subject);
        return { ...(await withSeed(record, blobs)), ...(lane === undefined ? {} : { lane }) };
      } catch (cause) {
        if (apiCode(cause) === API_CODES.noMessage) return undefined;
        throw busError(cause);
      }
    },
  };
}
