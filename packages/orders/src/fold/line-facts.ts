import type { Entity } from '../events/catalogue/identity.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import type { FactKind, LineFact } from '../events/catalogue/lines.ts';
import { type Stamp, stampOf, systemRank } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import { Registers } from './register.ts';

/** A statement about a quantity that counts: of those about the same fact, line and kind the one with the highest stamp. */
export interface StandingFact {
  readonly kind: FactKind;
  /** Root of the fact's key. */
  readonly factRoot: string;
  /** Root of the line's key, or of the line that it stands for. */
  readonly lineRoot: string;
  readonly fact: LineFact;
  readonly stamp: Stamp;
}

const LINE = 'com.platform.order.line.';

/** What a fact of this kind is a fact of, so which links join it. */
const ENTITY_OF: Readonly<Partial<Record<FactKind, Entity>>> = {
  confirmed: 'order',
  invoiced: 'invoice',
  credited: 'invoice',
  returned: 'return',
};

export function standingFacts(events: readonly OrderEvent[], links: ResolvedLinks): StandingFact[] {
  const registers = new Registers<StandingFact>();
  const state = (kind: FactKind, fact: LineFact, stamp: Stamp): void => {
    const factRoot = links.rootOf(ENTITY_OF[kind] ?? 'shipment', fact.factKey);
    const lineRoot = links.rootOf('order_line', fact.substitutesLineKey ?? fact.lineKey);
    const name = `${kind}\n${factRoot}\n${links.rootOf('order_line', fact.lineKey)}`;
    registers.state(name, stamp, { kind, factRoot, lineRoot, fact, stamp });
    // What is received across the dock is allocated by that.
    if (kind === 'received' && fact.path === 'crossdock') state('allocated', fact, stamp);
  };
  for (const event of events) {
    if (event.type.startsWith(LINE)) {
      const kind = event.type.slice(LINE.length, -'.v1'.length) as FactKind;
      state(kind, event.data as LineFact, stampOf(event, kind));
    } else if (event.type === 'com.platform.snapshot.observed.v1') {
      const { facts, rev = 0, reportedBy } = event.data;
      for (const { kind, ...fact } of facts) {
        const rank = systemRank(kind, fact.reportedBy ?? reportedBy);
        state(kind, fact, { ...stampOf(event), rev: fact.rev ?? rev, rank });
      }
    }
  }
  // By name, not as they came: statements of one event may tie.
  return registers.sorted().map(([, standing]) => standing);
}
