import { dividedDown, type Fixed, fixedOf, larger, smaller, timesDown } from '../decimal/fixed.ts';
import type { FactKind, LineFact } from '../events/catalogue/lines.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import type { FulfilmentPath } from '../events/schema-parts.ts';
import { compareStamps } from '../events/stamp.ts';
import type { FactStatement } from './line-facts.ts';

/** Quantities of a line in its base unit, in millionths. */
export interface LineAmounts {
  readonly ordered: Fixed;
  readonly cancelled: Fixed;
  /** What is still to be delivered: ordered less cancelled, never less than 0. */
  readonly due: Fixed;
  readonly confirmed: Fixed;
  readonly allocated: Fixed;
  readonly picked: Fixed;
  readonly packed: Fixed;
  readonly shipped: Fixed;
  readonly delivered: Fixed;
  readonly invoiced: Fixed;
  readonly credited: Fixed;
  readonly returned: Fixed;
  /** Said to come later and not allocated since. */
  readonly backordered: Fixed;
  /** What was said to be picked, without what follows from shipping. */
  readonly saidPicked: Fixed;
}

export interface Line {
  readonly root: string;
  readonly ordered: OrderLine;
  readonly uom: string;
  readonly amounts: LineAmounts;
  readonly path: FulfilmentPath;
  /** Facts in a unit from which nothing leads to the line's: they do not count. */
  readonly unknownUnits: readonly string[];
  /** Date of what comes later, as the newest statement about it has it. RFC 3339. */
  readonly backorderPromised: string | undefined;
}

/** Adds up the standing facts of one line and of its components. */
export function lineOf(root: string, ordered: OrderLine, factsOf: FactsOf): Line {
  const facts = factsOf(root);
  const uom = ordered.qty.baseUom ?? ordered.qty.uom;
  const unknown = facts.filter((one) => one.kind !== 'substituted' && amountIn(uom, one, facts) === undefined);
  return {
    root,
    ordered,
    uom,
    amounts: amountsOf(root, ordered, factsOf),
    path: newest(facts, ({ fact }) => fact.path !== undefined)?.fact.path ?? ordered.path ?? 'stock',
    unknownUnits: [...new Set(unknown.map(({ fact: { qty } }) => qty.baseUom ?? qty.uom))].sort(),
    backorderPromised: newest(facts, ({ kind }) => kind === 'backordered')?.fact.promised,
  };
}

export type FactsOf = (lineRoot: string) => readonly FactStatement[];

/** The amounts alone. */
export function amountsOf(root: string, ordered: OrderLine, factsOf: FactsOf): LineAmounts {
  const facts = factsOf(root);
  const uom = ordered.qty.baseUom ?? ordered.qty.uom;
  const own = sums(facts, (one) => amountIn(uom, one, facts) ?? 0n);
  const kits = (ordered.components ?? []).map(({ lineKey, ratio }) => {
    const parts = sums(factsOf(lineKey), ({ amount }) => amount);
    return (kind: FactKind): Fixed => dividedDown(parts(kind), fixedOf(ratio));
  });
  const total = (kind: FactKind): Fixed =>
    kits.length === 0 ? own(kind) : own(kind) + kits.map((kit) => kit(kind)).reduce(smaller);
  return closed(fixedOf(ordered.qty.base ?? ordered.qty.value), total, own('cancelled'));
}

/** What later stages prove of earlier ones: what was delivered was shipped, what was shipped was picked, what was picked was allocated. */
function closed(ordered: Fixed, total: (kind: FactKind) => Fixed, cancelled: Fixed): LineAmounts {
  const due = larger(0n, ordered - cancelled);
  const delivered = total('delivered');
  const shipped = larger(total('shipped'), delivered);
  const picked = larger(total('picked'), shipped);
  const allocated = larger(larger(0n, total('allocated') - total('deallocated')), picked);
  return {
    ordered,
    cancelled,
    due,
    confirmed: total('confirmed'),
    allocated,
    picked,
    packed: total('packed'),
    shipped,
    delivered,
    invoiced: total('invoiced'),
    credited: total('credited'),
    returned: total('returned'),
    backordered: smaller(total('backordered'), larger(0n, due - allocated)),
    saidPicked: total('picked'),
  };
}

function sums(facts: readonly FactStatement[], amountOf: (fact: FactStatement) => Fixed): (kind: FactKind) => Fixed {
  const totals = new Map<FactKind, Fixed>();
  // What is substituted says by which item, not how much.
  for (const one of facts)
    if (one.kind !== 'substituted') totals.set(one.kind, (totals.get(one.kind) ?? 0n) + amountOf(one));
  return (kind) => totals.get(kind) ?? 0n;
}

/** The fact's quantity in the unit of the ordered line; undefined where nothing leads from its unit to that. */
export function amountIn(
  uom: string,
  { fact, amount }: FactStatement,
  facts: readonly FactStatement[],
): Fixed | undefined {
  const { qty } = fact;
  const ratio = fact.ratio ?? substituteRatio(fact, facts);
  if (ratio !== undefined) return timesDown(amount, fixedOf(ratio));
  if (qty.base !== undefined && (qty.baseUom ?? uom) === uom) return amount;
  if (qty.uom !== uom) return undefined;
  return qty.base === undefined ? amount : fixedOf(qty.value);
}

/** So many of the ordered item one of the fact's counts, by what was said of it being delivered instead. */
function substituteRatio({ item }: LineFact, facts: readonly FactStatement[]): string | undefined {
  if (item?.sku === undefined) return undefined;
  const last = newest(facts, ({ kind, fact }) => kind === 'substituted' && fact.item?.sku === item.sku);
  return last && (last.fact.ratio ?? '1');
}

function newest(facts: readonly FactStatement[], isMeant: (fact: FactStatement) => boolean): FactStatement | undefined {
  return facts
    .filter(isMeant)
    .sort((a, b) => compareStamps(a.stamp, b.stamp))
    .at(-1);
}
