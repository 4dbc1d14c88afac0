import { dueOf, goodsIn, type Ledger, type LedgerLine } from './ledger.ts';

const STAGES = ['allocated', 'picked', 'shipped', 'delivered'] as const;

export interface LineTruth {
  readonly line: string;
  /** As decimals in text. */
  readonly quantities: Readonly<Record<string, string>>;
}

/** How an order really stands. Lists are sorted. */
export interface OrderTruth {
  /** As an order page heads it, without holds and exceptions over it. */
  readonly step: string;
  readonly lifecycle: string;
  readonly isExceptionPending: boolean;
  readonly isPaid: boolean;
  readonly lines: readonly LineTruth[];
  readonly openHolds: readonly string[];
  readonly openExceptions: readonly string[];
  /** Number and status. */
  readonly invoices: readonly string[];
  readonly returns: readonly string[];
  /** What does not add up, and on which line. */
  readonly conditions: readonly string[];
}

/** Reckons how the order stands from what happened to it. */
export function truthOf(ledger: Ledger): OrderTruth {
  const { lines, holds, exceptions, invoices, returns } = ledger;
  const lifecycle = lifecycleOf(ledger);
  const openHolds = [...holds].filter(([, isOpen]) => isOpen).map(([id]) => id);
  const openExceptions = [...exceptions].filter(([, isOpen]) => isOpen).map(([id]) => id);
  const standing = invoices.filter(({ state }) => state !== 'reversed');
  const isBilled = isThrough(lines, ({ invoiced }) => invoiced);
  return {
    step: lifecycle === 'open' ? stageOf(ledger) : lifecycle,
    lifecycle,
    isExceptionPending: openHolds.length + openExceptions.length > 0,
    isPaid: isBilled && standing.length > 0 && standing.every(({ state }) => state === 'paid'),
    lines: lines.map((line) => ({ line: line.id, quantities: quantitiesOf(line) })).sort(byLine),
    openHolds: openHolds.sort(),
    openExceptions: openExceptions.sort(),
    invoices: invoices.map(({ number, state }) => `${number} ${state}`).sort(),
    returns: [...returns].map(([id, state]) => `${id} ${state}`).sort(),
    conditions: conditionsOf(ledger).sort(),
  };
}

const byLine = (a: LineTruth, b: LineTruth): number => (a.line < b.line ? -1 : 1);

function lifecycleOf({ quote, receivedAt, cancelledAt, lines }: Ledger): string {
  if (receivedAt === undefined)
    return quote?.state === 'lost' ? 'quote lost' : quote?.state === 'accepted' ? 'quote accepted' : 'quoted';
  return (cancelledAt !== undefined && !haveLeft(lines)) || lines.every((line) => dueOf(line) === 0)
    ? 'cancelled'
    : 'open';
}

function stageOf({ lines, paidAt }: Ledger): string {
  const goods = lines.filter(({ needsShipping }) => needsShipping);
  const reached = STAGES.filter((stage) => isThrough(goods, (line) => goodsIn(line)[stage]));
  if (reached.includes('delivered')) return 'delivered';
  if (reached.includes('shipped') && isThrough(lines, ({ invoiced }) => invoiced)) return 'invoiced';
  return reached.at(-1) ?? (paidAt === undefined ? 'received' : 'validated');
}

/** Whether anything left, be it a part of a kit. */
const haveLeft = (lines: readonly LedgerLine[]): boolean =>
  lines.some(({ goods, components }) =>
    [goods, ...components.map((one) => one.goods)].some(({ shipped }) => shipped > 0),
  );

/** Whether every line has as much as is wanted of it, and anything is wanted. */
function isThrough(lines: readonly LedgerLine[], amount: (line: LedgerLine) => number): boolean {
  const due = lines.filter((line) => dueOf(line) > 0);
  return due.length > 0 && due.every((line) => amount(line) >= dueOf(line));
}

function quantitiesOf(line: LedgerLine): Readonly<Record<string, string>> {
  const goods = goodsIn(line);
  const { ordered, cancelled, invoiced, credited, later } = line;
  const due = dueOf(line);
  const backordered = Math.min(later, Math.max(0, due - goods.allocated));
  const net = goods.delivered - goods.returned;
  const all = { ordered, cancelled, due, ...goods, invoiced, credited, backordered, net };
  return Object.fromEntries(Object.entries(all).map(([name, amount]) => [name, String(amount)]));
}

function conditionsOf({ lines, receivedAt, cancelledAt }: Ledger): string[] {
  if (receivedAt === undefined) return [];
  return [
    ...(cancelledAt !== undefined && haveLeft(lines) ? ['CANCEL_AFTER_SHIP'] : []),
    ...lines.flatMap((line) => [
      ...(goodsIn(line).shipped > dueOf(line) ? [`OVERSHIPPED ${line.id}`] : []),
      ...(line.path !== 'dropship' && goodsIn(line).picked > dueOf(line) ? [`PICKED_MORE_THAN_DUE ${line.id}`] : []),
    ]),
  ];
}
