import type { Tolerance } from '@crossdock/flow-model';

/**
 * The mask path of a place as results name it: `outputs.map.lines.0.sku` of `outputs.map.lines[0].sku`. Further fields are allowed to the
 * object that holds the place.
 */
export function maskPathOf(place: string, as: Tolerance['as']): string {
  const keys = place.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return (as === 'contains' && keys.length > 2 ? keys.slice(0, -1) : keys)
    .map((key) => (key.includes('*') ? `\`${key}\`` : key))
    .join('.');
}
