/**
 * `pnpm bench fold`: a million events of orders folded to their states, beside parsing the same events from JSON, which is the least that
 * whoever folds them does. Orders have three lines and live from their arrival to delivery and invoice, one in five with a backorder and
 * every other event told twice. `BENCH_EVENTS` is how many are folded.
 */
import { foldOrder, type OrderEvent } from '@crossdock/orders';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const ORDERS_AT_ONCE = 500;
const LINES = 3;
const WANTED_PER_SECOND = 100_000;

let made = 0;
let folded = 0;
const spent = { parse: 0, fold: 0 };
while (folded < EVENTS) {
  const texts = Array.from({ length: ORDERS_AT_ONCE }, () => JSON.stringify(lifeOf(made++)));
  const orders = timed('parse', () => texts.map((text) => JSON.parse(text) as OrderEvent[]));
  const states = timed('fold', () => orders.map((events) => foldOrder(events)));
  const unfinished = states.filter(({ headline }) => headline !== 'delivered').length;
  if (unfinished > 0) throw new Error(`${unfinished} orders are not delivered, such as: ${states[0]?.headline}`);
  folded += orders.reduce((sum, events) => sum + events.length, 0);
}
const perSecond = (folded / spent.fold) * 1000;
console.log(
  `${folded} events of ${made} orders: ${Math.round(perSecond)} folded per second (wanted ${WANTED_PER_SECOND})`,
);
console.log(
  `${((folded / spent.parse) * 1000).toFixed(0)} parsed per second; folding takes ${(spent.fold / spent.parse).toFixed(1)} × as long`,
);

function timed<Result>(what: keyof typeof spent, work: () => Result): Result {
  const { user } = process.threadCpuUsage();
  const result = work();
  spent[what] += (process.threadCpuUsage().user - user) / 1000;
  return result;
}

/** What is told of one order, half of it twice. */
function lifeOf(number: number): OrderEvent[] {
  const orderKey = `ord_${number}`;
  const told: unknown[] = [];
  const tell = (name: string, minute: number, data: Record<string, unknown>) => {
    const event = {
      specversion: '1.0',
      id: `${orderKey}:${told.length}`,
      source: '//connections/bench',
      type: `com.platform.${name}.v1`,
      time: new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString(),
      datacontenttype: 'application/json',
      partitionkey: orderKey,
      data,
    };
    told.push(event, ...(told.length % 3 === 0 ? [event] : []));
  };
  const keys = Array.from({ length: LINES }, (_, at) => `${orderKey}/${at + 1}`);
  const lines = keys.map((lineKey, at) => ({ lineKey, item: { sku: `SKU-${at}` }, qty: { value: '10', uom: 'EA' } }));
  tell('order.received', 0, { orderKey, channel: 'web', lines });
  tell('order.validated', 1, { orderKey });
  const parts = number % 5 === 0 ? ['6', '4'] : ['10'];
  for (const [part, value] of parts.entries()) {
    const factKey = `shp_${number}_${part}`;
    for (const [step, kind] of ['allocated', 'picked', 'shipped', 'delivered'].entries())
      for (const lineKey of keys)
        tell(`order.line.${kind}`, 10 + part * 60 + step * 10, { lineKey, factKey, qty: { value, uom: 'EA' } });
  }
  for (const lineKey of keys)
    tell('order.line.invoiced', 200, { lineKey, factKey: `inv_${number}`, qty: { value: '10', uom: 'EA' } });
  tell('invoice.posted', 200, { invoiceKey: `inv_${number}` });
  return told as OrderEvent[];
}
