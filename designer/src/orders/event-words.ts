import type { OrderTimelineEvent } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';

const t = orderTexts.timeline;

/** What happened, in a few words: `Shipped 6 EA`. An event of no known type is called by its type. */
export function eventTitle({ type, data }: Pick<OrderTimelineEvent, 'type' | 'data'>): string {
  const words = t.words[eventName(type)] ?? type;
  const { qty } = fieldsOf(data);
  const { value, uom } = fieldsOf(qty);
  return typeof value === 'string' && typeof uom === 'string' ? `${words} ${value} ${uom}` : words;
}

/** What it is about: the line, the document, the reason. */
export function eventDetail({ data }: Pick<OrderTimelineEvent, 'data'>): string {
  const fields = fieldsOf(data);
  const texts = [
    'code',
    'status',
    'customerOrderNo',
    'number',
    'factKey',
    'shipmentKey',
    'invoiceKey',
    'returnKey',
    'quoteKey',
  ];
  const said = [
    typeof fields.lineKey === 'string' ? t.line(lineName(fields.lineKey)) : undefined,
    ...texts.map((name) => fields[name]),
    ...(Array.isArray(fields.keys) ? [fields.keys.join(' = ')] : []),
    fields.tracking,
    fields.assignee,
    fields.reason,
    fields.text,
  ];
  return said
    .flatMap((one) => (typeof one === 'string' ? [one] : Array.isArray(one) ? one.map(String) : []))
    .join(' · ');
}

/** Who said so: the kind of system, and which one. */
export function eventSource({
  source,
  reportedBy,
  data,
}: Pick<OrderTimelineEvent, 'source' | 'reportedBy' | 'data'>): string {
  const { by } = fieldsOf(data);
  if (source === '//people') return typeof by === 'string' ? by : (t.reporters.person ?? '');
  if (source === '//rules') return t.rules;
  const system = source.replace(/^\/\/(?:connections|carriers)\//, '').replace(/^urn:crossdock:[^:]+:/, '');
  return reportedBy === undefined ? system : `${t.reporters[reportedBy] ?? reportedBy} · ${system}`;
}

/** The last part of a line's key: `2` of `ord_1/2`. */
export const lineName = (lineKey: string): string => lineKey.split('/').at(-1) ?? lineKey;

/** `order.received` of `com.platform.order.received.v1`. */
export const eventName = (type: string): string => type.replace(/^com\.platform\./, '').replace(/\.v\d+$/, '');

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
