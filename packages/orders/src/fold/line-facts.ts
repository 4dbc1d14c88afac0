import { type Fixed, fixedOf } from '../decimal/fixed.ts';
import type { Entity } from '../events/catalogue/identity.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import type { FactKind, LineFact } from '../events/catalogue/lines.ts';
import { type Stamp, stampOf, systemRank } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import { Registers } from './register.ts';

/** A statement about a quantity. Of those with the same name the one with the highest stamp counts. */
export interface FactStatement {
  /** Of what it is a statement: kind, fact and line. */
  readonly name: string;
  readonly kind: FactKind;
  /** Root of the fact's key. */
  readonly factRoot: string;
  /** Root of the line's key, or of the line that it stands for. */
  readonly lineRoot: string;
  readonly fact: LineFact;
  /** Its quantity as a number: in the base unit, where the source says that. */
  readonly amount: Fixed;
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

/** Those that count of all statements: of those with the same name the one with the highest stamp. Sorted by name. */
export function standingFacts(statements: readonly FactStatement[]): FactStatement[] {
  const registers = new Registers<FactStatement>();
  for (const statement of statements) registers.state(statement.name, statement.stamp, statement);
  return registers.sorted().map(([, statement]) => statement);
}

const NONE: readonly FactStatement[] = [];

/** What an event states about quantities of lines. */
export function factStatements(event: OrderEvent, links: ResolvedLinks): readonly FactStatement[] {
  if (event.type.startsWith(LINE)) {
    const kind = event.type.slice(LINE.length, -'.v1'.length) as FactKind;
    return statementsOf(kind, event.data as LineFact, stampOf(event, kind), links);
  }
  if (event.type !== 'com.platform.snapshot.observed.v1') return NONE;
  const { facts, rev = 0, reportedBy } = event.data;
  return facts.flatMap(({ kind, ...fact }) => {
    const rank = systemRank(kind, fact.reportedBy ?? reportedBy);
    return statementsOf(kind, fact, { ...stampOf(event), rev: fact.rev ?? rev, rank }, links);
  });
}

function statementsOf(kind: FactKind, fact: LineFact, stamp: Stamp, links: ResolvedLinks): FactStatement[] {
  const factRoot = links.rootOf(ENTITY_OF[kind] ?? 'shipment', fact.factKey);
  const lineRoot = links.rootOf('order_line', fact.substitutesLineKey ?? fact.lineKey);
  const name = `${kind}\n${factRoot}\n${links.rootOf('order_line', fact.lineKey)}`;
  const amount = fixedOf(fact.qty.base ?? fact.qty.value);
  const statement = { name, kind, factRoot, lineRoot, fact, amount, stamp };
  // What is received across the dock is allocated by that.
  return kind === 'received' && fact.path === 'crossdock'
    ? [statement, ...statementsOf('allocated', fact, stamp, links)]
    : [statement];
}
