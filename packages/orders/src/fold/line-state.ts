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
  const unknownUnits = new Set<string>();
  return {
    root,
    ordered,
    uom: unitOf(ordered),
    amounts: amountsOf(root, ordered, factsOf, unknownUnits),
    path: newest(facts, ({ fact }) => fact.path !== undefined)?.fact.path ?? ordered.path ?? 'stock',
    unknownUnits: [...unknownUnits].sort(),
    backorderPromised: newest(facts, ({ kind }) => kind === 'backordered')?.fact.promised,
  };
}

export type FactsOf = (lineRoot: string) => readonly FactStatement[];

/** The amounts alone; adds to `unknownUnits` those of facts that do not count. */
export function amountsOf(
  root: string,
  ordered: OrderLine,
  factsOf: FactsOf,
  unknownUnits: Set<string> = new Set(),
): LineAmounts {
  const facts = factsOf(root);
  const uom = unitOf(ordered);
  const substitutes = facts.filter(isSubstitute);
  const parts = (ordered.components ?? []).map(({ lineKey, ratio }) => ({ facts: factsOf(lineKey), ratio }));
  const inParts = new Set(parts.flatMap((part) => part.facts.map(placeOf)));
  // What is told of the parts is told better than of the kit: of one shipment that both are told of, the parts count.
  const ofItself = inParts.size === 0 ? facts : facts.filter((one) => !inParts.has(placeOf(one)));
  const own = sums(ofItself, (one) => {
    const amount = amountIn(uom, one, substitutes);
    if (amount === undefined) unknownUnits.add(one.fact.qty.baseUom ?? one.fact.qty.uom);
    return amount ?? 0n;
  });
  const kits = parts.map((part) => {
    const sum = sums(part.facts, ({ amount }) => amount);
    return (kind: FactKind): Fixed => dividedDown(sum(kind), fixedOf(part.ratio));
  });
  const total = (kind: FactKind): Fixed =>
    kits.length === 0 ? own(kind) : own(kind) + kits.map((kit) => kit(kind)).reduce(smaller);
  return closed(fixedOf(ordered.qty.base ?? ordered.qty.value), total, own('cancelled'));
}

/** What is stated, and of which shipment or other document. */
const placeOf = ({ kind, factRoot }: FactStatement): string => `${kind}\n${factRoot}`;

const unitOf = ({ qty }: OrderLine): string => qty.baseUom ?? qty.uom;

/** Says that another item is delivered, not how much of it. */
export const isSubstitute = ({ kind }: FactStatement): boolean => kind === 'substituted';

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
  for (const one of facts) if (!isSubstitute(one)) totals.set(one.kind, (totals.get(one.kind) ?? 0n) + amountOf(one));
  return (kind) => totals.get(kind) ?? 0n;
}

/**
 * The fact's quantity in the unit of the ordered line, by what is said of substitutes for it; undefined where nothing leads from its unit to
 * that.
 */
export function amountIn(
  uom: string,
  { fact, amount }: FactStatement,
  substitutes: readonly FactStatement[],
): Fixed | undefined {
  const { qty } = fact;
  const ratio = fact.ratio ?? substituteRatio(fact, substitutes);
  if (ratio !== undefined) return timesDown(amount, fixedOf(ratio));
  if (qty.base !== undefined && (qty.baseUom ?? uom) === uom) return amount;
  if (qty.uom !== uom) return undefined;
  return qty.base === undefined ? amount : fixedOf(qty.value);
}

/** So many of the ordered item one of the fact's counts, by what was said of it being delivered instead. */
function substituteRatio({ item }: LineFact, substitutes: readonly FactStatement[]): string | undefined {
  if (item?.sku === undefined || substitutes.length === 0) return undefined;
  const last = newest(substitutes, ({ fact }) => fact.item?.sku === item.sku);
  return last && (last.fact.ratio ?? '1');
}

function newest(facts: readonly FactStatement[], isMeant: (fact: FactStatement) => boolean): FactStatement | undefined {
  return facts
    .filter(isMeant)
    .sort((a, b) => compareStamps(a.stamp, b.stamp))
    .at(-1);
}
