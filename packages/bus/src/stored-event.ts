import type { CloudEvent } from '@crossdock/connector-sdk';
import type { StoredEvent } from './bus.ts';
import type { Delivery } from './delivery.ts';
import { decodeJson } from './json.ts';
import { partsOfEventSubject } from './names.ts';

const NANOS_PER_MS = 1_000_000n;

/** The event that was delivered; undefined where it cannot be read. */
export function toStoredEvent({
  seq,
  subject,
  data,
  storedAtNs,
}: Pick<Delivery, 'seq' | 'subject' | 'data' | 'storedAtNs'>): StoredEvent | undefined {
  const parts = partsOfEventSubject(subject);
  const event = decodeJson(data) as CloudEvent | undefined;
  if (parts === undefined || typeof event !== 'object' || event === null) return undefined;
  return { seq, ...parts, storedAt: new Date(Number(BigInt(storedAtNs || '0') / NANOS_PER_MS)), event };
}
