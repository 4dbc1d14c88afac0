import type { BlobPort } from '@crossdock/connector-sdk';
import type { LaneAddress, LanePort, LaneRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { busError } from './bus-errors.ts';
import { type RecordPlace, readRecord, swapRecord } from './cas-record.ts';
import type { Link } from './link.ts';
import { HEADERS, laneSubject, laneTriggerFilter } from './names.ts';
import { STREAMS } from './streams.ts';
import { readTrigger } from './trigger-codec.ts';

/** Lane records on `JRN`, beside the journal; the queue of a lane is what stands on its subjects of `EVT`. */
export function createLanes(link: Link, blobs: BlobPort): LanePort {
  return {
    async read(lane) {
      const stored = await readRecord<LaneRecord>(link, lanePlace(lane));
      return stored && { record: stored.value, version: stored.version };
    },
    claim: (lane, record, expectedVersion) => swapRecord(link, lanePlace(lane), record, { expectedVersion }),
    async next(lane, afterSeq) {
      try {
        const stored = await link.next(STREAMS.triggers, laneTriggerFilter(lane, 'all'), afterSeq + 1);
        if (stored === undefined) return undefined;
        const { seq, data, header } = stored;
        const executionId = header.get(HEADERS.executionId);
        if (!executionId)
          throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: `trigger ${seq} names no execution` } });
        return { executionId, seq, trigger: () => readTrigger({ seq, data }, blobs) };
      } catch (cause) {
        throw busError(cause);
      }
    },
  };
}

export function lanePlace(lane: LaneAddress): RecordPlace {
  return { stream: STREAMS.journal, subject: laneSubject(lane) };
}
