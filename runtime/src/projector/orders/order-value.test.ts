import { foldOrder, type OrderEvent } from '@crossdock/orders';
import { expect, test } from 'vitest';
import { orderValue } from './order-value.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const line = (no: number, price: string, qty: object = { value: '10', uom: 'EA' }) => ({
  ...{ lineKey: `ord_1/${no}`, qty, price: eur(price) },
});
const event = (name: string, minute: number, data: object): OrderEvent =>
  ({
    ...{ specversion: '1.0', id: `${name}:${minute}`, source: '//test', type: `com.platform.${name}.v1` },
    ...{ partitionkey: 'ord_1', time: `2026-11-23T09:0${minute}:00Z`, datacontenttype: 'application/json', data },
  }) as unknown as OrderEvent;
const received = (data: object) => event('order.received', 0, { orderKey: 'ord_1', ...data });
const cancelled = (no: number, value: string) =>
  event('order.line.cancelled', 2, { lineKey: `ord_1/${no}`, factKey: 'c', qty: { value, uom: 'EA' } });
const worthOf = (events: OrderEvent[]) => orderValue(foldOrder(events), events);

test('is the total that was said, else lines and charges', () => {
  expect(worthOf([received({ total: eur('7'), lines: [line(1, '2')] })])).toEqual(eur('7'));
  const charges = [{ code: 'FREIGHT', amount: eur('5') }];
  expect(worthOf([received({ charges, lines: [line(1, '2'), line(2, '3')] })])).toEqual(eur('55'));
});

test('leaves out lines, and parts of them, that were cancelled or amended away', () => {
  const order = received({ lines: [line(1, '2'), line(2, '3')] });
  expect(worthOf([order, cancelled(2, '10')])).toEqual(eur('20'));
  expect(worthOf([order, cancelled(2, '4')])).toEqual(eur('38'));
  const away = line(2, '3', { value: '0', uom: 'EA' });
  expect(worthOf([order, event('order.amended', 1, { orderKey: 'ord_1', rev: 1, lines: [away] })])).toEqual(eur('20'));
});

test('counts what is left by the unit that the price is of', () => {
  const cases = line(1, '12', { value: '10', uom: 'CASE', base: '120', baseUom: 'EA' });
  expect(worthOf([received({ lines: [cases] }), cancelled(1, '60')])).toEqual(eur('60'));
});

test('is unknown where prices are in several currencies', () => {
  const other = { ...line(2, '3'), price: { amount: '3', currency: 'USD' } };
  expect(worthOf([received({ lines: [line(1, '2'), other] })])).toBeUndefined();
});
