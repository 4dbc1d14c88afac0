import { FlowError } from '@crossdock/errors';
import { signStandard } from '@crossdock/signatures';
import { type HttpConnection, needed } from '../connection/http-connection.ts';

/**
 * What a call carries to prove by Standard Webhooks that it is ours: the id is the idempotency key, the same on every attempt; the time is that of
 * this attempt. Throws `CONFIG_MISSING` without a connection, `CONFIG_CREDENTIALS_MISSING` where that has no signing secret.
 */
export function signedHeaders(
  connection: HttpConnection | undefined,
  { idempotencyKey, body = '' }: { idempotencyKey: string; body?: string | undefined },
): Record<string, string> {
  if (!connection)
    throw new FlowError('CONFIG_MISSING', { details: { what: 'the connection with the signing secret' } });
  const secret = needed(connection, 'signingSecret', 'signing secret');
  return signStandard({ id: idempotencyKey, body, nowMs: Date.now() }, [secret]);
}
