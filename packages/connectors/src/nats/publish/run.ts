import type { RunNode } from '@crossdock/connector-sdk';
import { subjectIn } from '../subject.ts';
import type { natsPublish } from './manifest.ts';

export const runNatsPublish: RunNode<typeof natsPublish> = async (_input, context) => {
  const { config, meta, messages, idempotencyKey, traceparent, emit } = context;
  const subject = subjectIn(meta.env, config.subject);
  const headers = Object.entries(config.headers).map(([name, value]) => [name, String(value)] as const);
  const stored = await messages.publish({
    subject,
    payload: config.payload ?? null,
    headers: { traceparent, ...Object.fromEntries(headers) },
    id: idempotencyKey,
    confirm: config.confirm === 'stream',
  });
  emit('out', { subject, ...stored });
};
