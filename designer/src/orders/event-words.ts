import type { OrderDetail, OrderTimelineEvent } from '@crossdock/api-contract';
import { orderRule, refOfKey } from '@crossdock/orders';
import { orderTexts } from '../texts/index.ts';
import { formatMoment } from '../ui/format.ts';
import { documentWord } from './identifier-words.ts';

const t = orderTexts.timeline;
/** Further ones are found under what was told. */
const MOST_FACTS = 4;
const RULES = '//rules';

/** What happened, in a few words: `Shipped 6 EA`. An event of no known type is called by its type. */
export function eventTitle({
  type,
  source,
  data,
}: Pick<OrderTimelineEvent, 'type' | 'data'> & Partial<Pick<OrderTimelineEvent, 'source'>>): string {
  const name = eventName(type);
  // What the rules clear nobody has settled.
  const words = name === 'exception.cleared' && source === RULES ? t.passed : (t.words[name] ?? type);
  const { qty } = fieldsOf(data);
  const { value, uom } = fieldsOf(qty);
  return typeof value === 'string' && typeof uom === 'string' ? `${words} ${value} ${uom}` : words;
}

/** What it is about: the line, by the order's own key where `ownLines` has it, the document, the reason. */
export function eventDetail(
  { data }: Pick<OrderTimelineEvent, 'data'>,
  ownLines: ReadonlyMap<string, string> = new Map(),
): string {
  const fields = fieldsOf(data);
  const texts = ['customerOrderNo', 'number'];
  const keys = ['factKey', 'shipmentKey', 'invoiceKey', 'returnKey', 'quoteKey'];
  const { lineKey } = fields;
  const { code, status, tracking, reason } = fields;
  const about = [...keys.map((name) => fields[name]), fieldsOf(fields.document).key].map(keyText);
  const said = [
    typeof lineKey === 'string' ? t.line(lineName(ownLines.get(lineKey) ?? lineKey)) : undefined,
    typeof code === 'string' ? issueName(code) : undefined,
    typeof status === 'string' ? (t.scans[status] ?? status) : undefined,
    ...texts.map((name) => fields[name]),
    ...about,
    ...(Array.isArray(fields.keys) ? [fields.keys.map(keyText).join(' = ')] : []),
    about.some((one) => typeof one === 'string' && one.endsWith(` ${tracking}`)) ? undefined : tracking,
    fields.assignee,
    typeof reason === 'string' ? withMoments(reason) : undefined,
    fields.text,
    ...factTexts(fields.facts, ownLines),
  ];
  return said
    .flatMap((one) => (typeof one === 'string' ? [one] : Array.isArray(one) ? one.map(String) : []))
    .join(' · ');
}

/** What people call an exception by its code; a code of flows or of a hold as it is. */
export const issueName = (code: string): string => orderRule(code)?.title ?? code;

/** A sentence of a rule with its times as people read them. */
export const withMoments = (text: string): string =>
  text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (iso) => formatMoment(iso));

/** What a document that was read whole says of lines: `line 2: Allocated 5 EA`, the first few of many. */
function factTexts(facts: unknown, ownLines: ReadonlyMap<string, string>): string[] {
  if (!Array.isArray(facts)) return [];
  const texts = facts.slice(0, MOST_FACTS).map((fact) => {
    const { kind, lineKey } = fieldsOf(fact);
    const line = String(lineKey);
    return `${t.line(lineName(ownLines.get(line) ?? line))}: ${eventTitle({ type: `order.line.${kind}`, data: fact })}`;
  });
  return facts.length > MOST_FACTS ? [...texts, '…'] : texts;
}

/** Who said so: the kind of system, and which one. */
export function eventSource({
  source,
  reportedBy,
  data,
}: Pick<OrderTimelineEvent, 'source' | 'reportedBy' | 'data'>): string {
  const { by } = fieldsOf(data);
  if (source === '//people') return typeof by === 'string' ? by : (t.reporters.person ?? '');
  if (source === RULES) return t.rules;
  const system = source.replace(/^\/\/(?:connections|carriers)\//, '').replace(/^urn:crossdock:[^:]+:/, '');
  return reportedBy === undefined ? system : `${t.reporters[reportedBy] ?? reportedBy} · ${system}`;
}

/** By the key that a line has in another system, the order's own key of it, as the links of its timeline say. */
export function ownLineKeys({ timeline, lines }: Pick<OrderDetail, 'timeline' | 'lines'>): ReadonlyMap<string, string> {
  const own = new Set<unknown>(lines.map(({ lineKey }) => lineKey));
  return new Map(
    timeline.flatMap(({ type, data }) => {
      const { entity, keys } = fieldsOf(data);
      if (eventName(type) !== 'xref.linked' || entity !== 'order_line' || !Array.isArray(keys)) return [];
      const known = keys.find((key) => own.has(key));
      return known === undefined ? [] : keys.map((key): [string, string] => [key, known]);
    }),
  );
}

/** The last part of a line's key: `2` of `ord_1/2`; of one in another system, where it is and its id. */
export const lineName = (lineKey: string): string =>
  refOfKey(lineKey) ? String(keyText(lineKey)) : (lineKey.split('/').at(-1) ?? lineKey);

/** `odoo · Transfer 64` for `odoo:stock.picking::64`; other keys, and what is none, as they are. */
function keyText(key: unknown): unknown {
  const ref = typeof key === 'string' ? refOfKey(key) : undefined;
  return ref ? `${ref.system} · ${documentWord(ref.type)} ${ref.id}` : key;
}

/** `order.received` of `com.platform.order.received.v1`. */
export const eventName = (type: string): string => type.replace(/^com\.platform\./, '').replace(/\.v\d+$/, '');

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
