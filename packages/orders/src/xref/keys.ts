import type { Entity } from '../events/catalogue/identity.ts';
import type { Ref } from '../events/schema-parts.ts';

/** How the canonical keys of each kind begin; what follows is a ULID. Other kinds have the keys that their owners give. */
export const KEY_PREFIXES = {
  order: 'ord_',
  shipment: 'shp_',
  package: 'pkg_',
  invoice: 'inv_',
  return: 'rma_',
} as const satisfies Partial<Record<Entity, string>>;

const PREFIXES: readonly string[] = Object.values(KEY_PREFIXES);

/** Whether a key is one of ours, not that of a reference. */
export function isCanonicalKey(key: string): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix)) && !key.includes(':');
}

/** Key of the n-th line of an order, counted from 1. */
export const lineKeyOf = (orderKey: string, n: number): string => `${orderKey}/${n}`;

/** A reference as one key: `odoo:stock.picking:WH1:7`. Colons and percent signs in the parts are escaped, so that no two meet. */
export function refKey({ system, type, scope = '', id }: Ref): string {
  return [system, type, scope, id].map(escaped).join(':');
}

/** Reads what `refKey` wrote; undefined for another key. */
export function refOfKey(key: string): Ref | undefined {
  const parts = key.split(':');
  if (parts.length !== 4) return undefined;
  const [system = '', type = '', scope = '', id = ''] = parts.map((part) =>
    part.replaceAll('%3A', ':').replaceAll('%25', '%'),
  );
  return { system, type, id, ...(scope === '' ? {} : { scope }) };
}

const escaped = (part: string): string => part.replaceAll('%', '%25').replaceAll(':', '%3A');
