import { type Fixed, fixedText } from '../decimal/fixed.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { isLinkStatement, type ResolvedLinks, resolveLinks } from '../xref/resolve-links.ts';
import { type Condition, lineConditions, toleranceOf } from './conditions.ts';
import { distinctEvents } from './distinct-events.ts';
import { documentsOf } from './documents.ts';
import { headlineOf, type Lifecycle, lifecycleBefore, stageOf, type Tracks } from './headline.ts';
import { type StandingFact, standingFacts } from './line-facts.ts';
import { type Line, type LineAmounts, lineOf } from './line-state.ts';
import { issuesOf } from './open-issues.ts';
import { type OrderFacts, orderFacts } from './order-head.ts';
import type { LineQuantities, LineState, OrderState } from './order-state.ts';
import { quotesOf } from './quote-state.ts';
import { needsFulfilment, progressAt } from './stages.ts';

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
  const facts = orderFacts(events, links);
  const documents = documentsOf(events, links);
  const standing = standingFacts(events, links).filter(
    ({ factRoot, kind }) => !(documents.voidRoots.has(factRoot) && IN_DOCUMENTS.has(kind)),
  );
  const byLine = Map.groupBy(standing, ({ lineRoot }) => lineRoot);
  const factsAt = (root: string): readonly StandingFact[] => byLine.get(root) ?? [];
  const lines = [...facts.lines].map(([root, line]) =>
    lineOf(root, line, (key) => factsAt(links.rootOf('order_line', key))),
  );
  const tracks = tracksOf(lines, documents.invoices);
  const quotes = quotesOf(events);
  const issues = issuesOf(events);
  const isExceptionPending = [...issues.holds, ...issues.exceptions].some(({ isOpen }) => isOpen);
  const lifecycle = facts.head === undefined ? lifecycleBefore(quotes) : lifecycleOf(facts, lines);
  const stage = facts.head && stageOf(tracks, facts.decisions);
  const { voidRoots: _, ...kept } = documents;
  return {
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
    ...kept,
    conditions: [
      ...orphans(facts, { events, quotes: quotes.length, standing, known: knownRoots(facts, links) }),
      ...lines.flatMap((line) => lineConditions(line, toleranceOf(overShipTolerance))),
      ...(facts.decisions.cancelledAt !== undefined && isShipped(lines)
        ? [{ code: 'CANCEL_AFTER_SHIP', detail: 'the order was cancelled, and goods have left' } as const]
        : []),
      ...links.conflicts.map(({ keys, canonical }) => ({
        code: 'LINK_CONFLICT' as const,
        about: keys.join(', '),
        detail: `links make one of ${canonical.join(' and ')}: unlink what is wrong, or merge them`,
      })),
      ...conflicts.map((about) => ({
        code: 'EVENT_CONFLICT' as const,
        about,
        detail: 'the source said different things under one id',
      })),
    ],
    linkConflicts: links.conflicts,
  };
}

/** What a voided shipment or a reversed invoice takes back. What came home of it, or was allocated for it, is another matter. */
const IN_DOCUMENTS: ReadonlySet<string> = new Set(['packed', 'shipped', 'invoiced', 'credited']);

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

const isShipped = (lines: readonly Line[]): boolean => lines.some(({ amounts }) => amounts.shipped > 0n);

function lifecycleOf({ decisions }: OrderFacts, lines: readonly Line[]): Lifecycle {
  if (decisions.cancelledAt !== undefined && !isShipped(lines)) return 'cancelled';
  if (lines.length > 0 && lines.every(({ amounts }) => amounts.due === 0n)) return 'cancelled';
  if (decisions.rejectedAt !== undefined) return 'rejected';
  return decisions.closedAt === undefined ? 'open' : 'closed';
}

/** Roots of the lines that the order has, and of their components. */
function knownRoots({ lines }: OrderFacts, links: ResolvedLinks): ReadonlySet<string> {
  const components = [...lines.values()].flatMap((line) => line.components ?? []);
  return new Set([...lines.keys(), ...components.map(({ lineKey }) => links.rootOf('order_line', lineKey))]);
}

interface Told {
  readonly events: readonly OrderEvent[];
  /** How many quotes. */
  readonly quotes: number;
  readonly standing: readonly StandingFact[];
  readonly known: ReadonlySet<string>;
}

/** Facts that came before their order, or about lines that it does not have. */
function orphans({ head }: OrderFacts, { events, quotes, standing, known }: Told): Condition[] {
  if (head === undefined) {
    const isOnlyQuoted = quotes > 0 && events.every(({ type }) => type.startsWith('com.platform.quote.'));
    return events.length === 0 || isOnlyQuoted
      ? []
      : [{ code: 'ORPHAN_EVENT', detail: `${events.length} events of an order that was not received` }];
  }
  const unknown = new Set(standing.map(({ lineRoot }) => lineRoot).filter((root) => !known.has(root)));
  return [...unknown].sort().map((about) => ({ code: 'ORPHAN_EVENT', about, detail: 'the order has no such line' }));
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
    backorderPromised,
  };
}

function quantitiesOf({ saidPicked: _, ...amounts }: LineAmounts): LineQuantities {
  const all: Record<string, Fixed> = { ...amounts, net: amounts.delivered - amounts.returned };
  return Object.fromEntries(Object.entries(all).map(([name, amount]) => [name, fixedText(amount)])) as LineQuantities;
}
