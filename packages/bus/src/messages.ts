import type { MessagePort } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { type MsgHdrs, headers as makeHeaders } from '@nats-io/nats-core';
import { apiCode, busError, isRefusal, isUnheard } from './bus-errors.ts';
import { requireForeignSubject } from './foreign-subject.ts';
import type { Link } from './link.ts';
import { SERVER_HEADERS } from './names.ts';

/** Messages for other systems. Text goes as it is, everything else as JSON; `id` is its `Nats-Msg-Id`. */
export function createMessages(link: Link): MessagePort {
  return {
    async publish({ subject, payload, headers, id, confirm }) {
      requireForeignSubject(subject, { wildcards: false });
      const fields = headersOf({ ...headers, [SERVER_HEADERS.messageId]: id });
      const data = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
      try {
        link.requireConnected();
        if (confirm) {
          const { stream, seq } = await link.js.publish(subject, data, { headers: fields });
          return { stream, seq };
        }
        link.nc.publish(subject, data, { headers: fields });
        await link.nc.flush();
        return {};
      } catch (cause) {
        throw await refusal(link, subject, cause);
      }
    },
  };
}

function headersOf(fields: Readonly<Record<string, string>>): MsgHdrs {
  const made = makeHeaders();
  try {
    for (const [name, value] of Object.entries(fields)) made.set(name, value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FlowError('CONFIG_INVALID', { details: { what: 'a message header', reason }, cause });
  }
  return made;
}

/** What a stream of others answered: no is final, a lack of room or silence is not. A stream that has no leader just now is silent, not missing. */
async function refusal(link: Link, subject: string, cause: unknown): Promise<FlowError> {
  const remote = `the stream for "${subject}"`;
  if (isRefusal(cause)) return new FlowError('REMOTE_REJECTED', { details: { remote, status: apiCode(cause) }, cause });
  if (apiCode(cause) !== undefined) return new FlowError('REMOTE_UNAVAILABLE', { details: { remote }, cause });
  if (!isUnheard(cause)) return busError(cause);
  const names = await link.jsm.streams
    .names(subject)
    .next()
    .catch(() => [subject]);
  if (names.length > 0) return busError(cause);
  return new FlowError('REMOTE_REJECTED', { details: { remote, status: 'no stream takes it' }, cause });
}
