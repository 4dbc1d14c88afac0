import { type Fixed, fixedText } from '../decimal/fixed.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { heardAt } from '../events/stamp.ts';
import { isLinkStatement, type ResolvedLinks, resolveLinks } from '../xref/resolve-links.ts';
import { toleranceOf } from './conditions.ts';
import { distinctEvents } from './distinct-events.ts';
import { documentsOf } from './documents.ts';
import { ediDocumentsOf } from './edi-documents.ts';
import { FirstHeard, newestOf } from './first-heard.ts';
import { headlineOf, type Lifecycle, lifecycleBefore, stageOf, type Tracks } from './headline.ts';
import { type FactStatement, factStatements, standingFacts } from './line-facts.ts';
import { type Line, type LineAmounts, lineOf } from './line-state.ts';
import { issuesOf } from './open-issues.ts';
import { hasLeft, orderConditions } from './order-conditions.ts';
import { type OrderFacts, orderFacts } from './order-head.ts';
import type { LineQuantities, LineState, OrderState } from './order-state.ts';
import { quotesOf } from './quote-state.ts';
import { withShippingTimes } from './shipping-times.ts';
import { stageHistory } from './stage-times.ts';
import { needsFulfilment, progressAt } from './stages.ts';
import { isUndone, undoneRoots } from './undoings.ts';

export interface FoldOptions {
  /** Share of what is due that may be shipped beyond it without a word, such as 0.05. Default 0. */
  readonly overShipTolerance?: number;
}

/**
 * The state of one order from its events, which have been checked (`checkEvent`). It depends on the set of events alone: neither their order
 * nor how often each comes matters. Throws a `RangeError` for a tolerance that is no share, or an unchecked event.
 */
export function foldOrder(given: Iterable<OrderEvent>, { overShipTolerance = 0 }: FoldOptions = {}): OrderState {
  const { events, conflicts } = distinctEvents(given);
  const links = resolveLinks(events.filter(isLinkStatement));
  const { statements, others } = statedIn(events, links);
  const facts = orderFacts(others, links);
  const documents = documentsOf(others, links);
  const undone = undoneRoots(others, links);
  const standing = standingFacts(statements).filter((fact) => !isUndone(fact, undone));
  const byLine = Map.groupBy(standing, ({ lineRoot }) => lineRoot);
  const factsAt = (root: string): readonly FactStatement[] => byLine.get(root) ?? [];
  const lines = [...facts.lines].map(([root, line]) =>
    lineOf(root, line, (key) => factsAt(links.rootOf('order_line', key))),
  );
  const tracks = tracksOf(lines, documents.invoices);
  const quotes = quotesOf(others);
  const issues = issuesOf(others);
  const isExceptionPending = [...issues.holds, ...issues.exceptions].some(({ isOpen }) => isOpen);
  const lifecycle = facts.head === undefined ? lifecycleBefore(quotes) : lifecycleOf(facts, { lines, standing });
  const stage = facts.head && stageOf(tracks, facts.decisions);
  const shipments = withShippingTimes(documents.shipments, { statements, standing });
  return {
    orderKey: facts.head?.orderKey ?? leastKey(events),
    heardAt: newestOf(events.map(heardAt)),
    lifecycle,
    headline: headlineOf(lifecycle, { stage, isExceptionPending }),
    stage,
    isExceptionPending,
    ...tracks,
    head: facts.head,
    receivedAt: facts.receivedAt,
    decisions: facts.decisions,
    lines: lines.map(lineState),
    quotes,
    ...issues,
    ...documents,
    shipments,
    edi: ediDocumentsOf(others),
    ...stageHistory({ statements, others, links }),
    conditions: orderConditions({
      events,
      facts,
      lines,
      standing,
      conflicts,
      links,
      shipments,
      factsOf: factsAt,
      heard: new FirstHeard(events, links),
      tolerance: toleranceOf(overShipTolerance),
    }),
    linkConflicts: links.conflicts,
  };
}

interface Stated {
  /** What events state about quantities. */
  readonly statements: readonly FactStatement[];
  /** The other events: most are about quantities, and few about anything else. */
  readonly others: readonly OrderEvent[];
}

function statedIn(events: readonly OrderEvent[], links: ResolvedLinks): Stated {
  const statements: FactStatement[] = [];
  const others: OrderEvent[] = [];
  for (const event of events) {
    const stated = factStatements(event, links);
    if (stated.length === 0) others.push(event);
    for (const statement of stated) statements.push(statement);
  }
  return { statements, others };
}

function tracksOf(lines: readonly Line[], invoices: OrderState['invoices']): Tracks {
  const goods = lines.filter(needsFulfilment);
  const invoiced = progressAt('invoiced', lines);
  const standing = invoices.filter(({ status }) => status !== 'reversed');
  return {
    fulfilment: {
      allocated: progressAt('allocated', goods),
      picked: progressAt('picked', goods),
      shipped: progressAt('shipped', goods),
      delivered: progressAt('delivered', goods),
    },
    billing: {
      invoiced,
      isPaid: invoiced.state === 'reached' && standing.length > 0 && standing.every(({ status }) => status === 'paid'),
    },
  };
}

function lifecycleOf(
  { decisions }: OrderFacts,
  { lines, standing }: { lines: readonly Line[]; standing: readonly FactStatement[] },
): Lifecycle {
  if (decisions.cancelledAt !== undefined && !standing.some(hasLeft)) return 'cancelled';
  if (lines.length > 0 && lines.every(({ amounts }) => amounts.due === 0n)) return 'cancelled';
  if (decisions.rejectedAt !== undefined) return 'rejected';
  return decisions.closedAt === undefined ? 'open' : 'closed';
}

/** Of events that were told before the order: they bear the key that it will have. */
function leastKey(events: readonly OrderEvent[]): string | undefined {
  return events.map(({ partitionkey }) => partitionkey).sort()[0];
}

function lineState({ ordered, amounts, uom, path, backorderPromised }: Line): LineState {
  return {
    lineKey: ordered.lineKey,
    sku: ordered.item?.sku,
    uom,
    path,
    requiresFulfilment: ordered.requiresFulfilment !== false,
    quantities: quantitiesOf(amounts),
    promisedTo: ordered.promised?.to,
    promisedBasis: ordered.promised?.basis,
    backorderPromised,
  };
}

function quantitiesOf({ saidPicked: _, ...amounts }: LineAmounts): LineQuantities {
  const all: Record<string, Fixed> = { ...amounts, net: amounts.delivered - amounts.returned };
  return Object.fromEntries(Object.entries(all).map(([name, amount]) => [name, fixedText(amount)])) as LineQuantities;
}
