import type { LedgerLine, LedgerShipment } from '../ledger.ts';
import { secondsText } from '../message.ts';
import type { World } from '../world.ts';

/** A shop as Shopify is: bodies are whole orders, the topic stands in a header. */
const SYSTEM = 'shop';
const FIRST_ID = 5_940_139_000_000;

const money = (cents: number): string => (cents / 100).toFixed(2);
const idIn = (world: World): number => FIRST_ID + world.number;

/** The customer orders; paid at once, or later. */
export function takeOrder(world: World, { isPaid }: { isPaid: boolean }): void {
  world.ledger.receivedAt = world.now();
  if (isPaid) world.ledger.paidAt = world.now();
  tellOrder(world, 'orders/create');
}

/** The payment comes. The shop tells it twice, as it does, with one body: as a payment, and as a change of the order. */
export function takePayment(world: World): void {
  world.ledger.paidAt = world.now();
  tellOrder(world, 'orders/paid');
  if (world.random.chance(0.5)) tellOrder(world, 'orders/updated');
}

/** The customer wants other quantities, 0 for no more of a line. */
export function amendOrder(world: World, changes: ReadonlyMap<LedgerLine, number>): void {
  for (const [line, quantity] of changes) line.ordered = quantity;
  tellOrder(world, 'orders/updated');
}

export function cancelOrder(world: World): void {
  world.ledger.cancelledAt = world.now();
  tellOrder(world, 'orders/cancelled');
}

/** The shop writes down for itself what left: a second report of the same goods. */
export function noteFulfilment(world: World, { tracking, contents }: LedgerShipment): void {
  const { orderNo, shipments, lines } = world.ledger;
  const at = secondsText(world.now());
  const items = lines.flatMap((line) => {
    const inside = contents.filter(({ unit }) => unit.line === line);
    const amount = (componentId?: string): number =>
      inside
        .filter(({ unit }) => unit.component?.id === componentId)
        .reduce((sum, { quantity, ratio }) => sum + quantity * ratio, 0);
    const kits = line.components.map(({ id, ratio }) => Math.floor(amount(id) / ratio));
    const quantity = kits.length === 0 ? amount() : Math.min(...kits);
    return quantity === 0 ? [] : [{ id: Number(line.id), sku: line.sku, quantity, fulfillment_status: 'fulfilled' }];
  });
  const body = {
    ...{ id: world.nextId('F'), order_id: idIn(world), name: `${orderNo}.${shipments.length}`, status: 'success' },
    ...{ created_at: at, updated_at: at, tracking_company: 'UPS', tracking_number: tracking, line_items: items },
  };
  world.tell({ system: SYSTEM, topic: 'fulfillments/create', body });
}

function tellOrder(world: World, topic: string): void {
  const { ledger } = world;
  const { receivedAt = world.now(), paidAt, cancelledAt } = ledger;
  const textOf = (at: number | undefined): string | null => (at === undefined ? null : secondsText(at));
  const total = ledger.lines.reduce((sum, { ordered, priceCents }) => sum + ordered * priceCents, 0);
  const body = {
    ...{ id: idIn(world), name: ledger.orderNo, order_number: world.number, po_number: `PO-${world.number}` },
    ...{ created_at: secondsText(receivedAt), updated_at: secondsText(world.now()), cancelled_at: textOf(cancelledAt) },
    ...{ financial_status: paidAt === undefined ? 'pending' : 'paid', processed_at: textOf(paidAt) },
    ...{ source_name: ledger.quote ? 'crm' : 'web', currency: 'EUR', total_price: money(total) },
    customer: { id: 77, email: 'buyer@example.com' },
    note_attributes: ledger.quote ? [{ name: 'quote', value: ledger.quote.id }] : [],
    line_items: ledger.lines.map((line) => ({
      ...{
        id: Number(line.id),
        sku: line.sku,
        quantity: line.ordered,
        current_quantity: line.ordered,
        price: money(line.priceCents),
      },
      requires_shipping: line.needsShipping,
      ...(line.components.length === 0
        ? {}
        : { bundle_components: line.components.map(({ id, sku, ratio }) => ({ id, sku, quantity: ratio })) }),
    })),
  };
  world.tell({ system: SYSTEM, topic, body });
}
