import { call } from './real-odoo.ts';

/** Where the first warehouse of the company keeps its stock. */
export async function stockLocation(): Promise<number> {
  const args = { domain: [['company_id', '=', 1]], fields: ['lot_stock_id'], limit: 1, load: null };
  const [warehouse] = await call<{ lot_stock_id: number }[]>('stock.warehouse', 'search_read', { args });
  return warehouse?.lot_stock_id ?? 0;
}
