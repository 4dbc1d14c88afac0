import type { TriggerRecord } from '@crossdock/engine';
import { decodeJson } from './json.ts';

/** Reads a stored trigger; undefined when the bytes are none. */
export function decodeTrigger(data: Uint8Array): TriggerRecord | undefined {
  const record = decodeJson(data);
  return isTrigger(record) ? record : undefined;
}

/** Writes a trigger; `payloadJson` is its payload, already written, so that a large one is not written twice. */
export function encodeTrigger(head: Omit<TriggerRecord, 'payload'>, payloadJson: string | undefined): string {
  const text = JSON.stringify(head);
  return payloadJson === undefined ? text : `${text.slice(0, -1)},"payload":${payloadJson}}`;
}

function isTrigger(value: unknown): value is TriggerRecord {
  const record = value as Partial<TriggerRecord> | null;
  return (
    typeof record === 'object' &&
    record !== null &&
    typeof record.executionId === 'string' &&
    typeof record.flowId === 'string' &&
    typeof record.env === 'string' &&
    typeof record.revision === 'number' &&
    typeof record.nodeId === 'string'
  );
}
