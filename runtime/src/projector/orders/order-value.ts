import {
  compareStamps,
  type Fixed,
  fixedText,
  type Money,
  type OrderEvent,
  type OrderLine,
  type OrderState,
  readFixed,
  type Stamp,
  stampOf,
} from '@crossdock/orders';

const ONE = 1_000_000n;

/**
 * What an order is worth: the total that it was said to have, else its lines at their prices, as far as they are not cancelled, with its charges.
 * Undefined where neither is known, or prices are in several currencies.
 */
export function orderValue(
  { head, lines: states }: Pick<OrderState, 'head' | 'lines'>,
  events: readonly OrderEvent[],
): Money | undefined {
  if (head === undefined || head.total !== undefined) return head?.total;
  const lines = new Map<string, { stamp: Stamp; line: OrderLine }>();
  for (const event of events) {
    if (event.type !== 'com.platform.order.received.v1' && event.type !== 'com.platform.order.amended.v1') continue;
    const stamp = stampOf(event);
    for (const line of event.data.lines ?? []) {
      const known = lines.get(line.lineKey);
      if (!known || compareStamps(known.stamp, stamp) < 0) lines.set(line.lineKey, { stamp, line });
    }
  }
  const priced = states.flatMap(({ lineKey, quantities }) => {
    const { price, qty } = lines.get(lineKey)?.line ?? {};
    if (!price || !qty) return [];
    const amount = (millionths(price.amount) * millionths(qty.value)) / ONE;
    const ordered = millionths(quantities.ordered);
    // What is due counts in the base unit, and the price is that of the unit it was ordered in.
    return [
      { currency: price.currency, amount: ordered === 0n ? 0n : (amount * millionths(quantities.due)) / ordered },
    ];
  });
  const charges = (head.charges ?? []).map(({ amount: { amount, currency } }) => ({
    currency,
    amount: millionths(amount),
  }));
  const all = [...priced, ...charges];
  const currency = all[0]?.currency;
  if (currency === undefined || all.some((one) => one.currency !== currency)) return undefined;
  return { currency, amount: fixedText(all.reduce((sum, { amount }) => sum + amount, 0n)) };
}

/** Events were checked: what they hold is a decimal. */
const millionths = (text: string): Fixed => readFixed(text) ?? 0n;
