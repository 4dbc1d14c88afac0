import type { ModelFields } from './model-fields.ts';

/** Fields that versions before 19 call otherwise, by model, name and old name. Flows use the names of 19. */
const FIELDS: readonly (readonly [model: string, name: string, old: string])[] = [
  ['sale.order.line', 'product_uom_id', 'product_uom'],
  ['sale.order.line', 'tax_ids', 'tax_id'],
  ['stock.move', 'quantity', 'quantity_done'],
  ['stock.move.line', 'quantity', 'qty_done'],
];

/** Models that were called otherwise up to a version. */
const MODELS: readonly { name: string; old: string; until: number }[] = [
  { name: 'stock.package', old: 'stock.quant.package', until: 18 },
];

/** A model's name on a server of that version. What the table does not hold is the same in every version. */
export function modelOn(major: number, name: string): string {
  return MODELS.find((row) => row.name === name && major <= row.until)?.old ?? name;
}

/** The name that Odoo 19 has for a field of such a server: the other way round. */
export function nameOn19(fields: Readonly<Record<string, unknown>>, model: string, serverName: string): string {
  const [, name] = FIELDS.find(([one, is, old]) => one === model && old === serverName && !(is in fields)) ?? [];
  return name ?? serverName;
}

/** A field's name on a server whose `model` (by its name of 19) has these fields: the old one only where it lacks that of 19. */
export function fieldOn(fields: ModelFields, model: string, name: string): string {
  if (name in fields) return name;
  const [, , old] = FIELDS.find(([one, is]) => one === model && is === name) ?? [];
  return old !== undefined && old in fields ? old : name;
}
