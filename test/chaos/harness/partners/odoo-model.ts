import { type Answer, type Call, ok } from './calls.ts';
import type { Fate } from './fate.ts';

/** What Odoo knows and does for orders, by their numbers. */
export interface OdooState {
  fate(order: string): Fate;
  reserve(order: string): void;
  unreserve(order: string): void;
  isShipped(order: string): boolean;
  ship(order: string): void;
}

export interface Odoo {
  answer(call: Call): Answer;
  /** Of the order, its delivery, its move and its customer: every model has ids of its own. */
  idOf(order: string): number;
}

type Row = Record<string, unknown> & { id: number };
type Args = { domain?: unknown[][]; ids?: number[] };

const FIELDS: Readonly<Record<string, Record<string, { type: string; relation?: string }>>> = {
  'stock.picking': {
    ...{ name: { type: 'char' }, state: { type: 'selection' }, picking_type_code: { type: 'selection' } },
    ...{ sale_id: { type: 'many2one', relation: 'sale.order' }, date_done: { type: 'datetime' } },
  },
  'stock.move': {
    ...{ state: { type: 'selection' }, quantity: { type: 'float' }, picked: { type: 'boolean' } },
    ...{ picking_id: { type: 'many2one', relation: 'stock.picking' }, product_uom_qty: { type: 'float' } },
    sale_line_id: { type: 'many2one', relation: 'sale.order.line' },
    product_uom: { type: 'many2one', relation: 'uom.uom' },
  },
  'uom.uom': { name: { type: 'char' } },
  'sale.order': {
    ...{ name: { type: 'char' }, partner_invoice_id: { type: 'many2one', relation: 'res.partner' } },
    ...{ state: { type: 'selection' }, invoice_status: { type: 'selection' }, delivery_status: { type: 'selection' } },
    ...{ amount_total: { type: 'monetary' }, amount_invoiced: { type: 'monetary' }, currency_rate: { type: 'float' } },
    amount_to_invoice: { type: 'monetary' },
  },
  'res.partner': {
    commercial_partner_id: { type: 'many2one', relation: 'res.partner' },
    ...{ credit: { type: 'monetary' }, credit_limit: { type: 'float' } },
  },
};

/** Answers as Odoo 19 does by JSON-2, as far as the flows of these tests ask. Each order has one delivery with one move. */
export function createOdoo(odoo: OdooState): Odoo {
  const numbers = new Map<string, number>();
  const orders = new Map<number, string>();
  const idOf = (order: string): number => {
    const id = numbers.get(order) ?? numbers.size + 1;
    numbers.set(order, id);
    orders.set(id, order);
    return id;
  };

  function foundBy(domain: unknown[][]): number[] {
    const wanted = new Map(domain.map(([field, , value]) => [field, value]));
    const order = wanted.get('sale_id.client_order_ref');
    const delivery = wanted.get('picking_id') ?? wanted.get('partner_invoice_id.commercial_partner_id');
    if (typeof order === 'string') return [idOf(order)];
    return delivery === undefined ? [] : [delivery].flat().map(Number);
  }

  const answer = ({ path, body }: Call): Answer => {
    if (path === '/web/version') return ok({ version: '19.0', version_info: [19, 0, 0, 'final', 0, ''] });
    const [, model = '', method = ''] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const args = (body ?? {}) as Args;
    const named = (args.ids ?? []).map((id) => ({ id, order: orders.get(id) ?? '' }));
    if (method === 'fields_get') return ok(FIELDS[model]);
    if (method === 'search') {
      const { domain = [] } = args;
      return domain.every(isCondition) ? ok(foundBy(domain)) : { status: 500, body: NO_DOMAIN };
    }
    if (method === 'read') return ok(named.map((one) => rowOf(odoo, model, one)));
    for (const { order } of named) {
      if (method === 'action_assign') odoo.reserve(order);
      if (method === 'do_unreserve') odoo.unreserve(order);
      if (method === 'button_validate') odoo.ship(order);
    }
    return ok(true);
  };
  return { answer, idOf };
}

const NO_DOMAIN = { name: 'builtins.ValueError', message: 'Domain() invalid item in domain' };

/** A field, an operator and a value, which is a list after `in`. */
const isCondition = ([, operator, value, ...more]: unknown[]): boolean =>
  more.length === 0 && Array.isArray(value) === String(operator).endsWith('in');

function rowOf(odoo: OdooState, model: string, { id, order }: { id: number; order: string }): Row {
  const isShipped = odoo.isShipped(order);
  switch (model) {
    case 'stock.picking':
      return {
        ...{ id, name: `OUT/${order}`, picking_type_code: 'outgoing', sale_id: id },
        ...{ state: isShipped ? 'done' : 'assigned', date_done: isShipped ? '2026-12-01 10:00:00' : false },
      };
    case 'stock.move':
      return {
        ...{ id, picking_id: id, sale_line_id: id, product_uom: 1, product_uom_qty: 2, quantity: 2 },
        state: isShipped ? 'done' : odoo.fate(order) === 'too little stock' ? 'partially_available' : 'assigned',
      };
    case 'uom.uom':
      return { id, name: 'EA' };
    case 'sale.order':
      return {
        ...{ id, name: `S-${order}`, partner_invoice_id: id, delivery_status: isShipped ? 'full' : 'pending' },
        ...{ amount_total: 50, amount_invoiced: 0, amount_to_invoice: 0, currency_rate: 1 },
      };
    default:
      return { id, commercial_partner_id: id, credit: 100, credit_limit: 1000 };
  }
}
