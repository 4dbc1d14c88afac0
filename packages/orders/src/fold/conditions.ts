import { type Fixed, fixedText, ONE, timesDown } from '../decimal/fixed.ts';
import type { FactKind } from '../events/catalogue/lines.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import type { ShipmentState } from './documents.ts';
import { type FirstHeard, newestOf } from './first-heard.ts';
import type { FactStatement } from './line-facts.ts';
import { amountIn, isSubstitute, type Line } from './line-state.ts';

export const CONDITION_CODES = [
  'ORPHAN_EVENT',
  'OVERSHIPPED',
  'PICKED_MORE_THAN_DUE',
  'DELIVERED_SHORT',
  'CANCEL_AFTER_SHIP',
  'UOM_UNKNOWN',
  'LINK_CONFLICT',
  'EVENT_CONFLICT',
] as const;
export type ConditionCode = (typeof CONDITION_CODES)[number];

/**
 * Something about the order that does not add up. It may pass by itself when an event comes that is on its way (a link of two reports of one
 * truck), so it is to settle before it alarms anyone.
 */
export interface Condition {
  readonly code: ConditionCode;
  /** The line, or for a conflict the keys, that it is about. */
  readonly about?: string | undefined;
  /** In words, for support. */
  readonly detail: string;
  /** Since when everything that it follows from was known: as events were stored, or where nobody says, happened. RFC 3339, in UTC. */
  readonly since: string;
}

/** What the conditions of a line are seen from. */
export interface LineEvidence {
  readonly factsOf: (lineRoot: string) => readonly FactStatement[];
  readonly links: ResolvedLinks;
  readonly shipments: readonly ShipmentState[];
  readonly heard: FirstHeard;
  /** Share that may be shipped beyond what is due, in millionths. */
  readonly tolerance: Fixed;
}

/** What does not add up about a line. */
export function lineConditions(line: Line, { factsOf, links, shipments, heard, tolerance }: LineEvidence): Condition[] {
  const { root, ordered, amounts, uom, unknownUnits } = line;
  const about = ordered.lineKey;
  const { due, shipped, delivered, saidPicked } = amounts;
  const of = (amount: Fixed, whole: Fixed): string => `${fixedText(amount)} of ${fixedText(whole)} ${uom}`;
  const facts = (kinds: ReadonlySet<FactKind>, roots: readonly string[] = [root]): FactStatement[] =>
    roots.flatMap(factsOf).filter(({ kind }) => kinds.has(kind));
  const since = (kinds: ReadonlySet<FactKind>): string => {
    const parts = (ordered.components ?? []).map(({ lineKey }) => links.rootOf('order_line', lineKey));
    const known = facts(kinds, [root, ...parts]).map((fact) => heard.fact(fact));
    return newestOf([heard.line(root, ordered.qty), ...known])!;
  };
  const conditions: Condition[] = [];
  if (shipped > due + timesDown(due, tolerance))
    conditions.push({ code: 'OVERSHIPPED', about, detail: `shipped ${of(shipped, due)} due`, since: since(SHIPPED) });
  if (saidPicked > due)
    conditions.push({
      code: 'PICKED_MORE_THAN_DUE',
      about,
      detail: `picked ${of(saidPicked, due)} due`,
      since: since(PICKED),
    });
  if (delivered > 0n && delivered < shipped && isSomethingMissing(line, factsOf(root), shipments))
    conditions.push({
      code: 'DELIVERED_SHORT',
      about,
      detail: `delivered ${of(delivered, shipped)} shipped`,
      since: since(SHIPPED),
    });
  for (const unit of unknownUnits) {
    const known = factsOf(root).filter(({ fact: { qty } }) => (qty.baseUom ?? qty.uom) === unit);
    const detail = `no factor leads from "${unit}" to "${uom}"`;
    conditions.push({ code: 'UOM_UNKNOWN', about, detail, since: newestOf(known.map((one) => heard.fact(one)))! });
  }
  return conditions;
}

const SHIPPED: ReadonlySet<FactKind> = new Set(['shipped', 'delivered', 'cancelled', 'substituted']);
const PICKED: ReadonlySet<FactKind> = new Set(['picked', 'cancelled', 'substituted']);

/** Whether less of the line arrived in a shipment than left in it. What the carrier still has on its way may yet arrive. */
function isSomethingMissing(
  { uom }: Line,
  facts: readonly FactStatement[],
  shipments: readonly ShipmentState[],
): boolean {
  const substitutes = facts.filter(isSubstitute);
  return [...Map.groupBy(facts, ({ factRoot }) => factRoot)].some(([factRoot, inShipment]) => {
    const sum = (kind: FactKind): Fixed =>
      inShipment.reduce((all, one) => all + ((one.kind === kind && amountIn(uom, one, substitutes)) || 0n), 0n);
    const lastScan = shipments.find(({ key }) => key === factRoot)?.lastScan;
    const isOver = lastScan === undefined || lastScan.status === 'delivered';
    const delivered = sum('delivered');
    return isOver && delivered > 0n && delivered < sum('shipped');
  });
}

/** How much may be shipped beyond what is due: a share such as 0.05. */
export function toleranceOf(share: number): Fixed {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`overShipTolerance is ${share}; it is a share from 0 to 1`);
  return BigInt(Math.round(share * Number(ONE)));
}
