import { dueOf, type LedgerInvoice, type LedgerLine } from '../ledger.ts';
import { secondsText } from '../message.ts';
import type { World } from '../world.ts';

/** Bookkeeping as Xero is: documents with their status; notices hold them as a read would give them. */
const SYSTEM = 'finance';
const STATUS = { posted: 'AUTHORISED', paid: 'PAID', reversed: 'VOIDED' } as const;

type Part = { readonly line: LedgerLine; readonly quantity: number };

/** Bills so much of each line; undefined where there is nothing to bill. */
export function bill(world: World, amount: (line: LedgerLine) => number): LedgerInvoice | undefined {
  const parts = world.ledger.lines
    .map((line) => ({ line, quantity: amount(line) }))
    .filter(({ quantity }) => quantity > 0);
  if (parts.length === 0) return undefined;
  const id = world.nextId('INV');
  const invoice: LedgerInvoice = { id, number: id, lines: parts, state: 'posted' };
  world.ledger.invoices.push(invoice);
  for (const { line, quantity } of parts) line.invoiced += quantity;
  tellInvoice(world, invoice);
  return invoice;
}

/** Whatever is due of a line and not yet billed. */
export const unbilled = (line: LedgerLine): number => Math.max(0, dueOf(line) - line.invoiced);

export function takePaymentOf(world: World, invoice: LedgerInvoice): void {
  invoice.state = 'paid';
  tellInvoice(world, invoice);
}

export function reverse(world: World, invoice: LedgerInvoice): void {
  invoice.state = 'reversed';
  for (const { line, quantity } of invoice.lines) line.invoiced -= quantity;
  tellInvoice(world, invoice);
}

/** Gives money back for goods. */
export function credit(world: World, line: LedgerLine, quantity: number): void {
  line.credited += quantity;
  tell(
    world,
    'INVOICE',
    documentOf(world, {
      id: world.nextId('CN'),
      type: 'ACCRECCREDIT',
      parts: [{ line, quantity }],
      status: 'AUTHORISED',
    }),
  );
}

export function holdCredit(world: World): string {
  const id = world.nextId('HOLD');
  world.ledger.holds.set(id, true);
  tellHold(world, id, 'OPEN');
  return id;
}

export function releaseCredit(world: World, id: string): void {
  world.ledger.holds.set(id, false);
  tellHold(world, id, 'RELEASED');
}

function tellInvoice(world: World, { id, lines, state }: LedgerInvoice): void {
  tell(world, 'INVOICE', documentOf(world, { id, type: 'ACCREC', parts: lines, status: STATUS[state] }));
}

function tellHold(world: World, id: string, status: string): void {
  tell(world, 'CREDIT_HOLD', {
    HoldID: id,
    Reference: world.ledger.orderNo,
    Status: status,
    UpdatedDateUTC: secondsText(world.now()),
  });
}

function documentOf(
  world: World,
  { id, type, parts, status }: { id: string; type: string; parts: readonly Part[]; status: string },
): object {
  const cents = parts.reduce((sum, { line, quantity }) => sum + line.priceCents * quantity, 0);
  return {
    ...{
      InvoiceID: id,
      InvoiceNumber: id,
      Type: type,
      Reference: world.ledger.orderNo,
      Status: status,
      CurrencyCode: 'EUR',
    },
    ...{ Total: (cents / 100).toFixed(2), UpdatedDateUTC: secondsText(world.now()) },
    LineItems: parts.map(({ line, quantity }) => ({
      ...{
        LineItemID: line.id,
        ItemCode: line.sku,
        Quantity: quantity,
        UnitAmount: (line.priceCents / 100).toFixed(2),
      },
    })),
  };
}

function tell(world: World, eventCategory: string, resource: object): void {
  world.tell({
    system: SYSTEM,
    body: { eventCategory, eventType: 'UPDATE', eventDateUtc: secondsText(world.now()), resource },
  });
}
