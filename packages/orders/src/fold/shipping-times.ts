import type { ShipmentState } from './documents.ts';
import type { FactStatement } from './line-facts.ts';

interface Stated {
  /** Everything that was stated about quantities. */
  readonly statements: readonly FactStatement[];
  /** What counts of it. */
  readonly standing: readonly FactStatement[];
}

/** The shipments with when goods left and arrived in them by what lines say; those too of which nothing else is known. */
export function withShippingTimes(shipments: readonly ShipmentState[], stated: Stated): readonly ShipmentState[] {
  const shipped = firstTimes(stated, 'shipped');
  const delivered = firstTimes(stated, 'delivered');
  if (shipped.size === 0 && delivered.size === 0) return shipments;
  const known = new Map(shipments.map((shipment) => [shipment.key, shipment]));
  const keys = [...new Set([...known.keys(), ...shipped.keys(), ...delivered.keys()])].sort();
  return keys.map((key) => ({
    ...(known.get(key) ?? { key, status: 'open' as const, tracking: [] }),
    shippedAt: isoOf(shipped.get(key)),
    deliveredAt: isoOf(delivered.get(key)),
  }));
}

/**
 * When each shipment was first said to have come so far, in milliseconds since 1970: telling it again changes nothing. What was corrected to
 * nothing did not happen.
 */
function firstTimes({ statements, standing }: Stated, kind: 'shipped' | 'delivered'): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const one of standing) if (one.kind === kind && one.amount > 0n) times.set(one.factRoot, one.stamp.at);
  for (const one of statements) {
    const known = one.kind === kind ? times.get(one.factRoot) : undefined;
    if (known !== undefined && one.stamp.at < known) times.set(one.factRoot, one.stamp.at);
  }
  return times;
}

const isoOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();
