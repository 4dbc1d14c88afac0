import type { OrderEvent } from '../events/catalogue/index.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import { event, fact, line, ORDER, received } from './order-story.ts';
import { minute } from './rule-story.ts';

export const HOUR = 60;
export const DAY = 24 * HOUR;
export const at = (count: number): string => minute(count).toISOString();
export const ordered = received([line(1, '10')]);
export const order = (more: object, lines: OrderLine[] = [line(1, '10')]): OrderEvent =>
  event('order.received', 0, { orderKey: ORDER, lines, ...more });
export const validated = event('order.validated', 1, { orderKey: ORDER });
export const hold = (name: 'placed' | 'released', count: number) =>
  event(`hold.${name}`, count, { holdId: 'h', code: 'CREDIT' });
export const scan = (status: 'pre_transit' | 'in_transit' | 'delivered' | 'returned', count: number) =>
  event('shipment.tracking', count, { shipmentKey: 'shp_1', status });
export const edi = (name: 'sent' | 'acknowledged' | 'rejected', count: number, document: string, control = '41') =>
  event(`edi.${name}`, count, { partner: 'WMS', control, document, about: 'shp_1' });
export const shipped = fact('shipped', 5, 'shp_1', '10');
export const delivered = (count: number) => fact('delivered', count, 'shp_1', '10');
export const invoiced = (count: number) => fact('invoiced', count, 'inv_1', '10');
