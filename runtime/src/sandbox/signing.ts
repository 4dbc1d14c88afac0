import { createHmac } from 'node:crypto';
import { signStandard } from '@crossdock/signatures';
import type { Delivery } from '@crossdock/simulators';

/** With which a forger signs, who does not know the secret. */
const FORGED = `whsec_${Buffer.from('not the secret of the hook').toString('base64')}`;

const hmac = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64');

/** The headers that the system sends with a delivery, signed as it signs. Ids are those of the message, but those of a flawed copy its own. */
export function headersOf(
  { message, text, flaw }: Delivery,
  systemSecret: string,
  nowMs: number,
): Record<string, string> {
  const { system, topic = '', at } = message;
  const secret = flaw === 'forged' ? FORGED : systemSecret;
  const id = flaw === undefined ? message.id : `${message.id}-${flaw}`;
  const json = { 'content-type': 'application/json' };
  switch (system) {
    case 'shop':
      return {
        ...json,
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': id,
        'x-shopify-event-id': id,
        'x-shopify-triggered-at': new Date(at).toISOString(),
        'x-shopify-hmac-sha256': hmac(text, secret),
      };
    case 'crm':
      return { ...json, ...signStandard({ id, body: text, nowMs }, [secret]) };
    case 'wms':
      return { ...json, 'x-shiphero-message-id': id, 'x-shiphero-hmac-sha256': hmac(text, secret) };
    case 'carrier':
      return { ...json, 'user-agent': 'UPSPubSubTrackingService', credential: secret };
    case 'finance':
      return { ...json, 'x-xero-signature': hmac(text, secret) };
  }
}
