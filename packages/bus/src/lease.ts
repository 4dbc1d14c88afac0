import type { BlobPort } from '@crossdock/connector-sdk';
import type { ExecutionAddress, Lease, TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { Delivery } from './delivery.ts';
import { decodeJson } from './json.ts';
import { addressOfRunSubject, flowOfTriggerSubject, HEADERS, SERVER_HEADERS } from './names.ts';
import type { TimerBody } from './timers.ts';
import { decodeTrigger } from './trigger-codec.ts';

/** The lease that a delivered message of `EVT` or `RUN` stands for; undefined when the message is none of ours. */
export function toLease(delivery: Delivery, blobs: BlobPort): Lease | undefined {
  return delivery.subject.startsWith('evt.') ? triggerLease(delivery, blobs) : runLease(delivery);
}

function triggerLease(delivery: Delivery, blobs: BlobPort): Lease | undefined {
  const flow = flowOfTriggerSubject(delivery.subject);
  const executionId = delivery.headers?.get(HEADERS.executionId);
  if (flow === undefined || !executionId) return undefined;
  return {
    ...settling(delivery),
    kind: 'trigger',
    address: { ...flow, executionId },
    token: executionId,
    triggerSeq: delivery.seq,
    trigger: () => readTrigger(delivery, blobs),
  };
}

function runLease(delivery: Delivery): Lease | undefined {
  const address: ExecutionAddress | undefined = addressOfRunSubject(delivery.subject);
  const body = decodeJson(delivery.data) as Partial<TimerBody> | undefined;
  if (address === undefined || typeof body?.token !== 'string') return undefined;
  const isTimer = delivery.headers?.has(SERVER_HEADERS.scheduler) ?? false;
  return { ...settling(delivery), kind: isTimer ? 'timer' : 'command', address, token: body.token };
}

function settling(delivery: Delivery): Pick<Lease, 'deliveryCount' | 'working' | 'ack' | 'release'> {
  return {
    deliveryCount: delivery.deliveryCount,
    working: delivery.working,
    ack: delivery.ack,
    release: delivery.release,
  };
}

async function readTrigger(delivery: Delivery, blobs: BlobPort): Promise<TriggerRecord> {
  const record = decodeTrigger(delivery.data);
  if (record === undefined)
    throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: `trigger ${delivery.seq} cannot be read` } });
  if (record.payloadBlob === undefined) return record;
  return { ...record, payload: decodeJson(await blobs.get(record.payloadBlob)) };
}
