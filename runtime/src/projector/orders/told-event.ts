import type { StoredEvent } from '@crossdock/bus';
import { eventProblems, isLinkStatement, type OrderEvent } from '@crossdock/orders';
import { conceal } from '../../api/conceal.ts';
import { CONCEALED, isSealed } from '../../vault/index.ts';

export type RestingEvent = Pick<StoredEvent, 'env' | 'keyHash' | 'idHash' | 'storedAt' | 'event'>;

/** An event as the read model takes it in: without its masked values, which only a person with the right to see them opens. */
export interface ToldEvent {
  /** Unique in the environment: where the event rests. */
  readonly place: string;
  /** The orders' keys that it names; the first is the one that it was told under. */
  readonly keys: readonly [string, ...string[]];
  /** Undefined where it is no event of the catalogue: it is kept and shown, and says nothing about the order. */
  readonly event: OrderEvent | undefined;
  /** Why not. */
  readonly problem: string | undefined;
}

/** Reads a stored event. The same for every delivery of it. When it was stored is what the store says, whatever its source claims. */
export function toldEvent({ event: resting, keyHash, idHash, storedAt }: RestingEvent): ToldEvent {
  const shown = conceal(withoutMaskedMoney(resting)) as Record<string, unknown>;
  const key = isClear(shown.partitionkey) ? shown.partitionkey : `~${keyHash}`;
  // What makes it unique must not become the same dots as another's.
  const id = isSealed(resting.id) || isSealed(resting.source) ? idHash : shown.id;
  const candidate = { ...shown, id, partitionkey: key, recordedtime: storedAt.toISOString() };
  const problems = eventProblems(candidate);
  const place = `${keyHash}.${idHash}`;
  if (problems.length > 0)
    return { place, keys: [key], event: undefined, problem: problems.map(({ message }) => message).join('; ') };
  const event = candidate as unknown as OrderEvent;
  return { place, keys: [key, ...otherKeys(event).filter((other) => other !== key)], event, problem: undefined };
}

function otherKeys(event: OrderEvent): string[] {
  if (isLinkStatement(event)) {
    const { data } = event;
    if (data.entity !== 'order') return [];
    return ('keys' in data ? [...data.keys] : [data.from, data.into]).filter(isClear);
  }
  return 'orderKey' in event.data && isClear(event.data.orderKey) ? [event.data.orderKey] : [];
}

/** Whether a value is a text that people may see and search for. */
export function isClear(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes(CONCEALED);
}

/** Dots are no amount: where one is masked, its money is left out, and the rest of the event still counts. */
function withoutMaskedMoney(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isSealed(value)) return value;
  if (Array.isArray(value)) return value.map(withoutMaskedMoney);
  const kept = Object.entries(value).filter(
    ([, child]) =>
      !(
        isSealed((child as { amount?: unknown } | null)?.amount) ||
        isSealed((child as { currency?: unknown } | null)?.currency)
      ),
  );
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutMaskedMoney(child)]));
}
