import { foldOrder, type OrderEvent } from '@crossdock/orders';
import type { OrderTruth } from '../index.ts';

/** What the fold makes of the events, in the words of the truth. */
export function seenIn(events: Iterable<OrderEvent>): OrderTruth {
  const state = foldOrder(events);
  const open = (issues: readonly { id: string; isOpen: boolean }[]) =>
    issues.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const lastOf = (key: string) => key.split(':').at(-1);
  const lineOf = (key: string) => key.slice(key.indexOf('/') + 1);
  return {
    step: state.lifecycle === 'open' ? state.stage! : state.lifecycle,
    lifecycle: state.lifecycle,
    isExceptionPending: state.isExceptionPending,
    isPaid: state.billing.isPaid,
    lines: state.lines.map(({ lineKey, quantities: { confirmed: _, ...quantities } }) => ({
      line: lineOf(lineKey),
      quantities,
    })),
    openHolds: open(state.holds),
    openExceptions: open(state.exceptions),
    invoices: state.invoices.map(({ key, status }) => `${lastOf(key)} ${status}`),
    returns: state.returns.map(({ key, status }) => `${lastOf(key)} ${status}`),
    conditions: state.conditions
      .map(({ code, about }) => (about === undefined ? code : `${code} ${lineOf(about)}`))
      .sort(),
  };
}
