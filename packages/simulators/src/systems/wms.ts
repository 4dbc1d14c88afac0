import {
  type Content,
  dueOf,
  goodsOf,
  type LedgerLine,
  type LedgerShipment,
  settleGoods,
  type Unit,
  unitsOf,
  wantedOf,
} from '../ledger.ts';
import { secondsText } from '../message.ts';
import type { World } from '../world.ts';

/** A warehouse as ShipHero is: the body says what it is about, and holds the whole of the document each time. */
const SYSTEM = 'wms';

/** A name by which the warehouse tells lines of its order apart; components of kits have their own. */
const partnerLine = ({ line, component }: Unit): string => (component ? `${line.id}/${component.id}` : line.id);

/** Reserves up to so many of each unit; the rest is said to come later where it is asked to. */
export function allocate(world: World, share: (unit: Unit) => number, { saysLater }: { saysLater: boolean }): void {
  const units = stockUnits(world);
  for (const unit of units) {
    const goods = goodsOf(unit);
    goods.allocated = Math.max(goods.allocated, Math.floor(wantedOf(unit) * share(unit)));
    if (unit.component === undefined) unit.line.later = saysLater ? Math.max(0, dueOf(unit.line) - goods.allocated) : 0;
  }
  tellAllocation(world, 'Order Allocated');
}

/** Gives back what was reserved and not yet picked. */
export function deallocate(world: World): void {
  for (const unit of stockUnits(world)) goodsOf(unit).allocated = goodsOf(unit).picked;
  tellAllocation(world, 'Order Deallocated');
}

/** Goods came in for this order alone and go on across the dock. */
export function receiveAcrossDock(world: World, line: LedgerLine): void {
  const quantity = dueOf(line);
  line.goods.allocated += quantity;
  tellAbout(world, 'Inbound Received', 'inbound', {
    ...{ id: world.nextId('IN'), crossdock: true },
    line_items: [{ partner_line_item_id: line.id, sku: line.sku, quantity_received: quantity }],
  });
}

export function pick(world: World, contents: readonly Content[], { isTold }: { isTold: boolean }): void {
  for (const { unit, quantity, ratio } of contents) {
    const goods = goodsOf(unit);
    goods.picked += quantity * ratio;
    goods.allocated = Math.max(goods.allocated, goods.picked);
  }
  const items = contents.map(({ unit, sku, quantity, ratio }) => itemOf(unit, sku, quantity, ratio));
  const tote = world.nextId('T');
  if (isTold) tellAbout(world, 'Tote Complete', 'tote', { id: tote, line_items: items });
}

/** Makes the label of a shipment: that is no proof that it leaves. */
export function pack(world: World, contents: Content[], path: LedgerShipment['path'] = 'stock'): LedgerShipment {
  const id = world.nextId('SH');
  const tracking = `1Z${id.replaceAll(/\D/g, '').padStart(16, '0')}`;
  const shipment: LedgerShipment = { id, tracking, path, contents, state: 'packed' };
  world.ledger.shipments.push(shipment);
  for (const { unit, quantity, ratio } of contents) goodsOf(unit).packed += quantity * ratio;
  tellShipment(world, shipment, {});
  return shipment;
}

/** The shipment leaves; `short` are lines of which no more will come. */
export function ship(
  world: World,
  shipment: LedgerShipment,
  { short = [], isTold = true }: { short?: readonly LedgerLine[]; isTold?: boolean } = {},
): void {
  shipment.state = 'shipped';
  for (const { unit, quantity, ratio } of shipment.contents) {
    goodsOf(unit).shipped += quantity * ratio;
    settleGoods(goodsOf(unit));
  }
  const cut = short.map((line) => ({ line, quantity: Math.max(0, dueOf(line) - line.goods.shipped) }));
  for (const { line, quantity } of cut) line.cancelled += quantity;
  const shorts = cut.map(({ line, quantity }) => ({
    ...{ partner_line_item_id: line.id, sku: line.sku, quantity_cancelled: quantity, short_code: 'CP' },
  }));
  if (isTold) tellShipment(world, shipment, { shorts });
}

/** A count was wrong: fewer left than was said. */
export function correctShipment(world: World, shipment: LedgerShipment, content: Content, quantity: number): void {
  const fewer = (content.quantity - quantity) * content.ratio;
  content.quantity = quantity;
  const goods = goodsOf(content.unit);
  goods.shipped -= fewer;
  goods.packed -= fewer;
  tellShipment(world, shipment, {});
}

/** The label was made in error: nothing of it left, and the goods lie there picked. */
export function voidShipment(world: World, shipment: LedgerShipment): void {
  shipment.state = 'voided';
  for (const { unit, quantity, ratio } of shipment.contents) goodsOf(unit).packed -= quantity * ratio;
  tellShipment(world, shipment, {});
}

export function authorizeReturn(world: World): string {
  const id = world.nextId('RMA');
  world.ledger.returns.set(id, 'authorized');
  tellReturn(world, id, []);
  return id;
}

/** Goods come home, and the return is done. */
export function takeReturn(world: World, id: string, line: LedgerLine, quantity: number): void {
  world.ledger.returns.set(id, 'closed');
  line.goods.returned += quantity;
  tellReturn(world, id, [
    { partner_line_item_id: line.id, sku: line.sku, quantity_received: quantity, reason: 'Damaged' },
  ]);
}

const stockUnits = ({ ledger }: World): Unit[] => unitsOf(ledger).filter(({ line }) => line.path === 'stock');

function tellAllocation(world: World, type: string): void {
  const items = stockUnits(world).map((unit) => ({
    ...{ partner_line_item_id: partnerLine(unit), sku: (unit.component ?? unit.line).sku, quantity: wantedOf(unit) },
    quantity_allocated: goodsOf(unit).allocated,
    backorder_quantity: unit.component ? 0 : unit.line.later,
  }));
  tellAbout(world, type, 'order', { id: `WO-${world.number}`, line_items: items });
}

function tellShipment(world: World, shipment: LedgerShipment, { shorts = [] }: { shorts?: readonly object[] }): void {
  const document = shipmentDocument(shipment);
  tellAbout(world, 'Shipment Update', 'shipment', { ...document, line_items: [...document.line_items, ...shorts] });
}

function shipmentDocument({ id, tracking, path, contents, state }: LedgerShipment) {
  return {
    ...{
      id,
      completed: state === 'shipped' || state === 'delivered',
      voided: state === 'voided',
      dropshipment: path === 'dropship',
    },
    line_items: contents.map(({ unit, sku, quantity, ratio }) => itemOf(unit, sku, quantity, ratio)),
    shipping_labels: [{ tracking_number: tracking, carrier: 'UPS', shipping_method: 'Ground' }],
  };
}

function tellReturn(world: World, id: string, items: readonly object[]): void {
  const status = world.ledger.returns.get(id) === 'closed' ? 'complete' : 'pending';
  tellAbout(world, 'Return Update', 'return', { id, status, line_items: items });
}

function tellAbout(
  world: World,
  type: string,
  what: string,
  document: { readonly id: string; readonly [field: string]: unknown },
): void {
  const about = { partner_order_id: world.ledger.orderNo, warehouse_id: 'EAST', updated_at: secondsText(world.now()) };
  world.tell({ system: SYSTEM, body: { webhook_type: type, [what]: { ...document, ...about } } });
}

function itemOf(unit: Unit, sku: string, quantity: number, ratio: number): object {
  const ordered = (unit.component ?? unit.line).sku;
  const substitute = sku === ordered ? {} : { substitutes: { sku: ordered, ratio } };
  return { partner_line_item_id: partnerLine(unit), sku, quantity, ...substitute };
}

/** What the warehouse answers to who asks for the shipment with a tracking number: a list of one, or none. */
export function shipmentsWith(
  { ledger: { orderNo, shipments } }: Pick<World, 'ledger'>,
  tracking: string,
): readonly object[] {
  return shipments
    .filter((shipment) => shipment.tracking === tracking)
    .map((shipment) => ({ ...shipmentDocument(shipment), partner_order_id: orderNo }));
}
