import type { BlobPort } from '@crossdock/connector-sdk';
import type { Lease } from '@crossdock/engine';
import type { RunBody } from './commands.ts';
import type { Delivery } from './delivery.ts';
import { decodeJson } from './json.ts';
import { addressOfRunSubject, flowOfTriggerSubject, HEADERS, laneOfTriggerSubject } from './names.ts';
import { readTrigger } from './trigger-codec.ts';

/** What is known of a delivery besides itself. */
export interface LeaseContext {
  blobs: BlobPort;
  /** The consumer's watermark is past it. */
  isOld: boolean;
}

/** The lease that a delivered message of `EVT` or `RUN` stands for; undefined when the message is none of ours. */
export function toLease(delivery: Delivery, context: LeaseContext): Lease | undefined {
  return delivery.subject.startsWith('evt.') ? triggerLease(delivery, context) : runLease(delivery);
}

function triggerLease(delivery: Delivery, { blobs, isOld }: LeaseContext): Lease | undefined {
  const flow = flowOfTriggerSubject(delivery.subject);
  const executionId = delivery.headers?.get(HEADERS.executionId);
  if (flow === undefined || !executionId) return undefined;
  const lane = laneOfTriggerSubject(delivery.subject);
  return {
    ...settling(delivery),
    kind: 'trigger',
    address: { ...flow, executionId },
    token: executionId,
    triggerSeq: delivery.seq,
    ...(lane === undefined ? {} : { lane }),
    ...(isOld ? { isOld } : {}),
    trigger: () => readTrigger(delivery, blobs),
  };
}

function runLease(delivery: Delivery): Lease | undefined {
  const address = addressOfRunSubject(delivery.subject);
  const body = decodeJson(delivery.data) as Partial<RunBody> | undefined;
  if (address === undefined || typeof body?.token !== 'string') return undefined;
  const { token, command } = body;
  const base = { ...settling(delivery), address, token };
  if (command === undefined) return { ...base, kind: 'timer' };
  // One that stands for a lane may have waited for its turn here, kept alive: passed on for that, it would only wait again.
  const heldSince = command.type === 'drain' && base.heldSince > 0 ? Date.now() : base.heldSince;
  return { ...base, heldSince, kind: 'command', command };
}

function settling(delivery: Delivery): Pick<Lease, 'deliveryCount' | 'heldSince' | 'working' | 'ack' | 'release'> {
  return {
    deliveryCount: delivery.deliveryCount,
    heldSince: delivery.heldSince,
    working: delivery.working,
    ack: delivery.ack,
    release: delivery.release,
  };
}
