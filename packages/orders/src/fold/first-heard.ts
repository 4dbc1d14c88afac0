import type { OrderEvent } from '../events/catalogue/index.ts';
import type { Quantity } from '../events/schema-parts.ts';
import { heardAt } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import { type FactStatement, factStatements } from './line-facts.ts';

/** Since when things are known, by when events were stored. All in milliseconds since 1970. It reads the events when it is first asked. */
export class FirstHeard {
  readonly #events: readonly OrderEvent[];
  readonly #links: ResolvedLinks;
  #known: Map<string, number> | undefined;

  constructor(events: readonly OrderEvent[], links: ResolvedLinks) {
    this.#events = events;
    this.#links = links;
  }

  /** Since the fact was first told with the quantity that it has now: telling it again changes nothing. */
  fact({ name, fact }: FactStatement): number {
    return this.#since(factName(name, fact.qty));
  }

  /** Since the line was ordered in the quantity that it has now. */
  line(lineRoot: string, quantity: Quantity): number {
    return this.#since(factName(`ordered\n${lineRoot}`, quantity));
  }

  cancelled(): number {
    return this.#since('cancelled');
  }

  #since(name: string): number {
    this.#known ??= this.#read();
    return this.#known.get(name) ?? Number.NaN;
  }

  #read(): Map<string, number> {
    const known = new Map<string, number>();
    const hear = (name: string, at: number): void => {
      known.set(name, Math.min(known.get(name) ?? at, at));
    };
    for (const event of this.#events) {
      const at = heardAt(event);
      if (event.type === 'com.platform.order.cancelled.v1') hear('cancelled', at);
      else if (event.type === 'com.platform.order.received.v1' || event.type === 'com.platform.order.amended.v1')
        for (const { lineKey, qty } of event.data.lines ?? [])
          hear(factName(`ordered\n${this.#links.rootOf('order_line', lineKey)}`, qty), at);
      else for (const { name, fact } of factStatements(event, this.#links)) hear(factName(name, fact.qty), at);
    }
    return known;
  }
}

const factName = (name: string, { value, uom, base, baseUom }: Quantity): string =>
  [name, value, uom, base, baseUom].join('\n');

/** The newest of these, as RFC 3339 in UTC; undefined without any. */
export function newestOf(instants: readonly number[]): string | undefined {
  const newest = instants.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return newest === Number.NEGATIVE_INFINITY ? undefined : new Date(newest).toISOString();
}

/** The oldest of these, likewise. */
export function oldestOf(instants: readonly number[]): string | undefined {
  const oldest = instants.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return oldest === Number.POSITIVE_INFINITY ? undefined : new Date(oldest).toISOString();
}
