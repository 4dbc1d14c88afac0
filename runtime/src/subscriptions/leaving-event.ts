import type { StoredEvent } from '@crossdock/bus';
import { conceal } from '../api/conceal.ts';

/** An event as it leaves for those who subscribed. */
export interface LeavingEvent {
  /** Names the event towards receivers, the same whenever it is sent. */
  readonly webhookId: string;
  readonly place: string;
  readonly id: string;
  readonly type: string;
  readonly orderKey: string;
  readonly body: string;
}

/** Masked values leave as dots: what people here may not see without a reason, other companies do not get. */
export function leavingEvent({ event, keyHash, idHash, storedAt }: StoredEvent): LeavingEvent {
  const shown = { ...conceal(event), recordedtime: storedAt.toISOString() } as Record<string, unknown>;
  const { id, type, partitionkey } = shown;
  return {
    webhookId: `evt_${keyHash}${idHash}`,
    place: `${keyHash}.${idHash}`,
    id: String(id),
    type: String(type),
    orderKey: String(partitionkey ?? ''),
    body: JSON.stringify(shown),
  };
}
