import { type Entity, isLinkStatement, type OrderEvent, refOfKey, resolveLinks } from '@crossdock/orders';
import { isClear } from './told-event.ts';

/** What an order, or something that belongs to it, is called somewhere. */
export interface Identifier {
  /** Whose name it is: a connected system, `customer`, `carrier`, or `crossdock`. */
  readonly system: string;
  /** What it names there, such as `sale.order` or `tracking`. */
  readonly type: string;
  /** Partner, warehouse or company in which it is unique; empty where it needs none. */
  readonly scope: string;
  readonly value: string;
}

type Named = Omit<Identifier, 'scope'> & { scope?: string | undefined };

/** Fields, wherever in an event, that hold what people look for, by what the field names. */
const NUMBERS: Readonly<Record<string, Pick<Identifier, 'system' | 'type'>>> = {
  customerOrderNo: { system: 'customer', type: 'order' },
  tracking: { system: 'carrier', type: 'tracking' },
  billOfLading: { system: 'carrier', type: 'bill of lading' },
  sscc: { system: 'crossdock', type: 'sscc' },
  control: { system: 'partner', type: 'interchange' },
};

/** Fields that hold keys: a reference's, told apart, or one of ours. */
const KEYS: Readonly<Record<string, string>> = {
  orderKey: 'order',
  shipmentKey: 'shipment',
  invoiceKey: 'invoice',
  returnKey: 'return',
  quoteKey: 'quote',
  factKey: 'document',
};

/** Every name of an order in every system, each once, sorted. Masked ones are left out, and those whose link was taken back. */
export function identifiersOf(keys: readonly string[], events: readonly OrderEvent[]): Identifier[] {
  const found = new Map<string, Identifier>();
  const add = ({ system, type, scope = '', value }: Named): void => {
    if (isClear(value)) found.set(JSON.stringify([system, type, scope, value]), { system, type, scope, value });
  };
  const addKey = (type: string, key: unknown): void => {
    if (!isClear(key)) return;
    const ref = refOfKey(key);
    add(ref ? { ...ref, value: ref.id } : { system: 'crossdock', type, value: key });
  };
  for (const key of keys) if (!key.startsWith('~')) addKey('order', key);
  const links = resolveLinks(events.filter(isLinkStatement));
  const isTakenBack = ({ entity, keys: [a, b] }: { entity: Entity; keys: readonly [string, string] }): boolean =>
    links.rootOf(entity, a) !== links.rootOf(entity, b);
  for (const { type, data } of events) {
    if (type.startsWith('com.platform.xref.') && 'keys' in data) {
      if (isTakenBack(data)) continue;
      for (const key of data.keys) addKey(data.entity, key);
    }
    if ('number' in data && data.number !== undefined)
      add({ system: 'finance', type: type.includes('.invoice.') ? 'invoice' : 'return', value: data.number });
    walk(data, add, addKey);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identifier]) => identifier);
}

function walk(value: unknown, add: (named: Named) => void, addKey: (type: string, key: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const child of value) walk(child, add, addKey);
    return;
  }
  const { system, type, id, scope } = value as Record<string, unknown>;
  if (isClear(system) && isClear(type) && isClear(id))
    add({ system, type, value: id, scope: isClear(scope) ? scope : '' });
  for (const [name, child] of Object.entries(value)) {
    const number = NUMBERS[name];
    if (number) for (const one of [child].flat()) add({ ...number, value: one as string });
    else if (name in KEYS) addKey(KEYS[name]!, child);
    else walk(child, add, addKey);
  }
}
