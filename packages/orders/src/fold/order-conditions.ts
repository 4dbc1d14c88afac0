import type { OrderEvent } from '../events/catalogue/index.ts';
import { heardAt, identityOf } from '../events/stamp.ts';
import { isLinkStatement, type LinkConflict } from '../xref/resolve-links.ts';
import { type Condition, type LineEvidence, lineConditions } from './conditions.ts';
import { newestOf, oldestOf } from './first-heard.ts';
import type { FactStatement } from './line-facts.ts';
import type { Line } from './line-state.ts';
import type { OrderFacts } from './order-head.ts';

/** What the conditions of an order are seen from. */
export interface OrderEvidence extends LineEvidence {
  readonly events: readonly OrderEvent[];
  readonly facts: OrderFacts;
  readonly lines: readonly Line[];
  readonly standing: readonly FactStatement[];
  /** Sources and ids under which different things were said. */
  readonly conflicts: readonly string[];
}

/** Everything about an order that does not add up. */
export function orderConditions(evidence: OrderEvidence): Condition[] {
  return [
    ...(evidence.facts.head === undefined ? orphans(evidence) : orphanLines(evidence)),
    ...evidence.lines.flatMap((line) => lineConditions(line, evidence)),
    ...cancelledAfterShipping(evidence),
    ...evidence.links.conflicts.map((conflict) => linkConflict(conflict, evidence)),
    ...evidence.conflicts.map((about) => eventConflict(about, evidence)),
  ];
}

/** Facts that came before their order. Quotes do, as they should. */
function orphans({ events }: OrderEvidence): Condition[] {
  const told = events.filter(({ type }) => !type.startsWith('com.platform.quote.'));
  const since = oldestOf(told.map(heardAt));
  if (since === undefined) return [];
  return [{ code: 'ORPHAN_EVENT', detail: 'events of an order that was not received', since }];
}

/** Facts about lines that the order does not have. */
function orphanLines({ facts: { lines }, standing, links, heard }: OrderEvidence): Condition[] {
  const components = [...lines.values()].flatMap((line) => line.components ?? []);
  const known = new Set([...lines.keys(), ...components.map(({ lineKey }) => links.rootOf('order_line', lineKey))]);
  const unknown = standing.filter(({ lineRoot }) => !known.has(lineRoot));
  return [...Map.groupBy(unknown, ({ lineRoot }) => lineRoot)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([about, facts]) => ({
      code: 'ORPHAN_EVENT',
      about,
      detail: 'the order has no such line',
      since: oldestOf(facts.map((fact) => heard.fact(fact)))!,
    }));
}

function cancelledAfterShipping({ facts: { decisions }, standing, heard }: OrderEvidence): Condition[] {
  const left = standing.filter(hasLeft);
  if (decisions.cancelledAt === undefined || left.length === 0) return [];
  const shippedSince = left.reduce((oldest, fact) => Math.min(oldest, heard.fact(fact)), Number.POSITIVE_INFINITY);
  const since = newestOf([heard.cancelled(), shippedSince])!;
  return [{ code: 'CANCEL_AFTER_SHIP', detail: 'the order was cancelled, and goods have left', since }];
}

/** Whether goods left by this statement, be they but a part of a kit. */
export const hasLeft = ({ kind, amount }: FactStatement): boolean =>
  (kind === 'shipped' || kind === 'delivered') && amount > 0n;

function linkConflict({ keys, canonical }: LinkConflict, { events }: OrderEvidence): Condition {
  const joining = events.filter(isLinkStatement).filter(({ data }) => {
    const [a, b] = 'keys' in data ? data.keys : [data.from, data.into];
    return keys.includes(a) && keys.includes(b);
  });
  return {
    code: 'LINK_CONFLICT',
    about: keys.join(', '),
    detail: `links make one of ${canonical.join(' and ')}: unlink what is wrong, or merge them`,
    since: newestOf(joining.map(heardAt))!,
  };
}

function eventConflict(about: string, { events }: OrderEvidence): Condition {
  const detail = 'the source said different things under one id';
  const since = newestOf(events.filter((event) => identityOf(event) === about).map(heardAt))!;
  return { code: 'EVENT_CONFLICT', about, detail, since };
}
