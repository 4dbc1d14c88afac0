import type { CloudEvent, RunNode } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { givenEventProblems } from '@crossdock/orders';
import type { eventEmit } from './manifest.ts';

export const runEventEmit: RunNode<typeof eventEmit> = async (_input, context) => {
  const { config, meta, idempotencyKey, traceparent, events, emit } = context;
  const key = String(config.key);
  const event: CloudEvent = {
    specversion: '1.0',
    id: config.id ?? idempotencyKey,
    source: config.source,
    type: config.type,
    ...(config.subject === undefined ? {} : { subject: config.subject }),
    time: config.time ?? meta.receivedAt,
    partitionkey: key,
    traceparent,
    executionid: meta.executionId,
    ...(config.data === undefined ? {} : { datacontenttype: 'application/json', data: config.data }),
  };
  const problems = givenEventProblems(event);
  if (problems.length > 0) {
    const reason = problems.map(({ message, fix }) => `${message}. ${fix}`).join(' ');
    throw new FlowError('DATA_EVENT_INVALID', { details: { reason, problems } });
  }
  await events.emit(key, event);
  emit('out', event);
};
