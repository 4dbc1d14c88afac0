import type { BlobPort } from '@crossdock/connector-sdk';
import type { LaneRecord } from '@crossdock/engine';
import type { ExecutionReader } from './bus.ts';
import { API_CODES, apiCode, busError } from './bus-errors.ts';
import { readRecord } from './cas-record.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { lanePlace } from './lanes.ts';
import type { Link } from './link.ts';
import { laneOfTriggerSubject } from './names.ts';
import { STREAMS } from './streams.ts';
import { decodeTrigger, type StoredTrigger, withSeed } from './trigger-codec.ts';

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
      const stored = await storedTrigger(seq);
      if (!stored) return undefined;
      const { record, lane } = stored;
      return { ...(await withSeed(record, blobs)), ...(lane === undefined ? {} : { lane }) };
    },
    async ahead(seq) {
      const { record: { env = '', flowId = '' } = {}, lane } = (await storedTrigger(seq)) ?? {};
      if (lane === undefined) return undefined;
      const { head, left } = (await readRecord<LaneRecord>(link, lanePlace({ env, flowId, lane })))?.value ?? {};
      return head && !left && head.seq < seq ? head.executionId : undefined;
    },
  };

  async function storedTrigger(seq: number): Promise<{ record: StoredTrigger; lane: string | undefined } | undefined> {
    try {
      const stored = await link.jsm.streams.getMessage(STREAMS.triggers, { seq });
      const record = stored && decodeTrigger(stored.data);
      return record ? { record, lane: laneOfTriggerSubject(stored.subject) } : undefined;
    } catch (cause) {
      if (apiCode(cause) === API_CODES.noMessage) return undefined;
      throw busError(cause);
    }
  }
}
