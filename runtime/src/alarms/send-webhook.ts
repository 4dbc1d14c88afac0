import type { AlarmNotice } from '@crossdock/api-contract';
import type { OpenConnection } from '@crossdock/connector-sdk';
import { postSigned } from '../webhooks/index.ts';

/** Posts a notice as a webhook; its id is the delivery's, on every attempt. Throws `REMOTE_…` or `CONFIG_…`. */
export async function sendWebhook(
  connection: OpenConnection,
  { notice, id, path }: { notice: AlarmNotice; id: string; path?: string | undefined },
  ways: Parameters<typeof postSigned>[2],
): Promise<void> {
  const body = JSON.stringify({ type: `alarm.${notice.event}`, timestamp: notice.at, data: notice });
  await postSigned(connection, { id, body, contentType: 'application/json', path }, ways);
}
