import { call, made } from './real-odoo.ts';

/** A new storable product of which there is so much in the first warehouse of the company; gives its id. */
export async function inStock(values: object, quantity: number): Promise<number> {
  const product = await made('product.product', { ...values, type: 'consu', is_storable: true });
  await call('stock.quant', 'action_apply_inventory', { ids: await counted(product, quantity) });
  return product;
}

/** Counts a product in the stock of the first warehouse; gives what is to be applied. */
export async function counted(product: number, quantity: number): Promise<number[]> {
  const domain = [['company_id', '=', 1]];
  const [warehouse] = await call<{ lot_stock_id: number }[]>('stock.warehouse', 'search_read', {
    args: { domain, fields: ['lot_stock_id'], limit: 1, load: null },
  });
  const values = { product_id: product, location_id: warehouse?.lot_stock_id, inventory_quantity: quantity };
  return call('stock.quant', 'create', { args: { vals_list: [values] }, context: { inventory_mode: true } });
}

/** Counts so much more of a product that is in stock by its code; Odoo reserves it for who waits for it. */
export async function countMore(code: string, quantity: number): Promise<void> {
  const domain = [
    ['product_id.default_code', '=', code],
    ['location_id.usage', '=', 'internal'],
  ];
  const args = { domain, fields: ['quantity'], limit: 1 };
  const [quant] = await call<{ id: number; quantity: number }[]>('stock.quant', 'search_read', { args });
  const ids = [quant?.id ?? 0];
  const vals = { inventory_quantity: (quant?.quantity ?? 0) + quantity };
  await call('stock.quant', 'write', { ids, args: { vals }, context: { inventory_mode: true } });
  await call('stock.quant', 'action_apply_inventory', { ids });
}
