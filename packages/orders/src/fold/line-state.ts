import { dividedDown, type Fixed, larger, readFixed, smaller, timesDown } from '../decimal/fixed.ts';
import type { FactKind, LineFact } from '../events/catalogue/lines.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import type { FulfilmentPath } from '../events/schema-parts.ts';
import { compareStamps } from '../events/stamp.ts';
import type { StandingFact } from './line-facts.ts';

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
export function lineOf(root: string, ordered: OrderLine, factsOf: (lineRoot: string) => readonly StandingFact[]): Line {
  const facts = factsOf(root);
  const uom = ordered.qty.baseUom ?? ordered.qty.uom;
  const unknownUnits = new Set<string>();
  const own = sums(facts, (fact) => {
    const amount = amountIn(uom, fact, facts);
    if (amount === undefined) unknownUnits.add(fact.qty.baseUom ?? fact.qty.uom);
    return amount ?? 0n;
  });
  const kits = (ordered.components ?? []).map(({ lineKey, ratio }) => {
    const parts = sums(factsOf(lineKey), ({ qty }) => fixed(qty.base ?? qty.value));
    return (kind: FactKind): Fixed => dividedDown(parts(kind), fixed(ratio));
  });
  const total = (kind: FactKind): Fixed => own(kind) + (kits.map((kit) => kit(kind)).reduce(least, undefined) ?? 0n);
  return {
    root,
    ordered,
    uom,
    amounts: closed(fixed(ordered.qty.base ?? ordered.qty.value), total, own('cancelled')),
    path: newest(facts, ({ fact }) => fact.path !== undefined)?.fact.path ?? ordered.path ?? 'stock',
    unknownUnits: [...unknownUnits].sort(),
    backorderPromised: newest(facts, ({ kind }) => kind === 'backordered')?.fact.promised,
  };
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

function sums(facts: readonly StandingFact[], amountOf: (fact: LineFact) => Fixed): (kind: FactKind) => Fixed {
  const totals = new Map<FactKind, Fixed>();
  // What is substituted says by which item, not how much.
  for (const { kind, fact } of facts)
    if (kind !== 'substituted') totals.set(kind, (totals.get(kind) ?? 0n) + amountOf(fact));
  return (kind) => totals.get(kind) ?? 0n;
}

/** The fact's quantity in the unit of the ordered line; undefined where nothing leads from its unit to that. */
function amountIn(uom: string, fact: LineFact, facts: readonly StandingFact[]): Fixed | undefined {
  const { qty } = fact;
  const ratio = fact.ratio ?? substituteRatio(fact, facts);
  if (ratio !== undefined) return timesDown(fixed(qty.base ?? qty.value), fixed(ratio));
  if (qty.base !== undefined && (qty.baseUom ?? uom) === uom) return fixed(qty.base);
  return qty.uom === uom ? fixed(qty.value) : undefined;
}

/** So many of the ordered item one of the fact's counts, by what was said of it being delivered instead. */
function substituteRatio({ item }: LineFact, facts: readonly StandingFact[]): string | undefined {
  if (item?.sku === undefined) return undefined;
  const last = newest(facts, ({ kind, fact }) => kind === 'substituted' && fact.item?.sku === item.sku);
  return last && (last.fact.ratio ?? '1');
}

function newest(facts: readonly StandingFact[], isMeant: (fact: StandingFact) => boolean): StandingFact | undefined {
  return facts
    .filter(isMeant)
    .sort((a, b) => compareStamps(a.stamp, b.stamp))
    .at(-1);
}

const least = (a: Fixed | undefined, b: Fixed): Fixed => (a === undefined ? b : smaller(a, b));

/** Events have been checked: what they hold is a decimal. */
function fixed(text: string): Fixed {
  const value = readFixed(text);
  if (value === undefined) throw new RangeError(`"${text}" is no decimal: check events before they are folded`);
  return value;
}
