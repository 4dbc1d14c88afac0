import type { OrderEvent, OrderEventType } from '../events/catalogue/index.ts';
import type { FactKind, LineFact } from '../events/catalogue/lines.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import { typeOf } from '../events/define-event.ts';

export const ORDER = 'ord_1';

type DataOf<Name extends string> = Extract<OrderEvent, { type: `com.platform.${Name}.v1` }>['data'];
type NameOf<Type> = Type extends `com.platform.${infer Name}.v1` ? Name : never;

/** An event of the order, so many minutes after nine. Its id is made of what it says, unless given. */
export function event<Name extends NameOf<OrderEventType>>(
  name: Name,
  minute: number,
  data: DataOf<Name>,
  id: string = `${name}:${minute}:${JSON.stringify(data)}`,
): OrderEvent {
  const time = new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
  return {
    specversion: '1.0',
    id,
    source: '//connections/test',
    type: typeOf(name),
    time,
    datacontenttype: 'application/json',
    partitionkey: ORDER,
    data,
  } as unknown as OrderEvent;
}

export const line = (n: number, value: string, more: Partial<OrderLine> = {}): OrderLine => ({
  lineKey: `${ORDER}/${n}`,
  item: { sku: `SKU-${n}` },
  qty: { value, uom: 'EA' },
  ...more,
});

export const received = (lines: OrderLine[], minute = 0): OrderEvent =>
  event('order.received', minute, { orderKey: ORDER, channel: 'edi', lines });

/** A fact about the first line, unless another is named. */
export const fact = (
  kind: FactKind,
  minute: number,
  factKey: string,
  value: string,
  more: Partial<LineFact> = {},
): OrderEvent =>
  event(`order.line.${kind}`, minute, { lineKey: `${ORDER}/1`, factKey, qty: { value, uom: 'EA' }, ...more });
