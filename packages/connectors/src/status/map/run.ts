import type { CloudEvent, RunNode } from '@crossdock/connector-sdk';
import { refKey, schemaIdOf, typeOf } from '@crossdock/orders';
import type { statusMap } from './manifest.ts';

export const runStatusMap: RunNode<typeof statusMap> = async (_input, context) => {
  const { config, statuses, emit, events } = context;
  const { system, document, status } = config;
  const found = statuses.find({ system, document, status });
  if (found) {
    const { event, version } = found;
    return event === null ? emit('ignored', { version }) : emit('mapped', { event, version });
  }
  const exceptionId = `status:${refKey({ system, type: document, id: status })}`;
  await events.emit(String(config.key), unmapped(context, exceptionId));
  emit('unmapped', { exceptionId });
};

/** Each execution tells of it anew, so that it can be counted; to the order it is one exception. */
function unmapped(
  { config: { system, document, status, key }, meta, idempotencyKey, traceparent }: Parameters<typeof runStatusMap>[1],
  exceptionId: string,
): CloudEvent {
  const ofWhat = document === '' ? system : `${document} in ${system}`;
  return {
    specversion: '1.0',
    id: `${idempotencyKey}:unmapped`,
    source: `urn:crossdock:${meta.env}:${meta.flowId}`,
    type: typeOf('exception.raised'),
    subject: `order/${key}`,
    time: meta.receivedAt,
    datacontenttype: 'application/json',
    dataschema: schemaIdOf('exception.raised'),
    partitionkey: String(key),
    traceparent,
    executionid: meta.executionId,
    data: {
      exceptionId,
      code: 'STATUS_UNMAPPED',
      reason: `Status "${status}" of ${ofWhat} is not mapped to an event`,
      reportedBy: 'platform',
    },
  };
}
