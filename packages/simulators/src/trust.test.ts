import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { deliveriesOf, type Journey, makeJourney, seeded } from './index.ts';
import { intakeOf } from './testing/intake.ts';
import { seenIn } from './testing/seen.ts';

/** `TRUST_JOURNEYS=10000` for the long form. */
const JOURNEYS = Number(process.env.TRUST_JOURNEYS ?? 2000);
const SEED = 7;

const journey = (number: number): Journey =>
  makeJourney({ seed: SEED, number, startAt: Date.UTC(2026, 10, 23, 9), secondsApart: [600, 20_000] });
const arrivals = (one: Journey, number: number) => deliveriesOf(one.messages, seeded(number));

describe('orders, told by shop, CRM, warehouse, carrier and finance in a mess', () => {
  it('stand as they really do', { timeout: 600_000 }, () => {
    const count = { orders: 0, arrivals: 0, refused: 0, events: 0 };
    const wrong: object[] = [];
    for (let number = 1; number <= JOURNEYS; number++) {
      const one = journey(number);
      const told = arrivals(one, number).map(intakeOf(one).take);
      const events = told.flatMap((said) => said ?? []);
      const seen = seenIn(events);
      if (!isDeepStrictEqual(seen, one.truth)) wrong.push({ number, seen, truth: one.truth });
      count.orders++;
      count.arrivals += told.length;
      count.refused += told.filter((said) => said === undefined).length;
      count.events += events.length;
    }
    console.info(
      `${count.orders} orders, ${count.arrivals} arrivals (${count.refused} refused), ${count.events} events`,
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(count.refused).toBeGreaterThan(count.arrivals / 200);
  });

  it('refuses what has a flaw, and takes the same message without it', () => {
    const flaws = new Map<string, number>();
    for (let number = 1; number <= 200; number++) {
      const one = journey(number);
      const { take } = intakeOf(one);
      const mess = { repeated: 0, overtaken: 0, delayed: 0, delayMs: 0, malformed: 1 };
      for (const delivery of deliveriesOf(one.messages, seeded(number), mess)) {
        expect(take(delivery) === undefined, `${delivery.message.id} ${delivery.flaw}`).toBe(
          delivery.flaw !== undefined,
        );
        if (delivery.flaw) flaws.set(delivery.flaw, (flaws.get(delivery.flaw) ?? 0) + 1);
      }
    }
    expect([...flaws.keys()].sort()).toEqual(['cut', 'forged', 'incomplete']);
  });

  it('is missed when a message never comes', () => {
    const one = journey(2);
    const without = (place: number) => {
      const { take } = intakeOf(one);
      const events = arrivals(one, 2)
        .filter(({ message }) => message !== one.messages[place])
        .flatMap((delivery) => take(delivery) ?? []);
      return isDeepStrictEqual(seenIn(events), one.truth);
    };
    expect(one.messages.length).toBeGreaterThan(5);
    expect(one.messages.filter((_, place) => !without(place)).length).toBeGreaterThan(2);
  });
});

describe('the stories', () => {
  const many = Array.from({ length: 1500 }, (_, index) => journey(index + 1));

  it('are the same for the same seed, and others for another', () => {
    const again = (seed: number) => makeJourney({ seed, number: 5, startAt: 0, secondsApart: [1, 9] }).messages;
    expect(again(1)).toEqual(again(1));
    expect(again(1)).not.toEqual(again(2));
  });

  it('come to every situation and every step', () => {
    const situations = new Set(many.flatMap((one) => one.situations));
    expect([...situations].sort()).toEqual([
      'amended',
      'amended after picking',
      'amended after picking, a line dropped',
      'amended, a line dropped',
      'backorder',
      'billed before shipping',
      'cancelled',
      'cancelled after shipping',
      'corrected shipment',
      'credit hold',
      'cross-dock',
      'deallocated',
      'drop-ship',
      'invoice reversed',
      'lost reports',
      'quote',
      'quote lost',
      'refused',
      'return',
      'shipped too much',
      'short, no backorder',
      'split shipment',
      'substitution',
      'told by warehouse and shop',
      'voided shipment',
    ]);
    expect([...new Set(many.map(({ truth }) => truth.step))].sort()).toEqual([
      ...['allocated', 'cancelled', 'delivered', 'invoiced', 'picked', 'quote accepted', 'quote lost'],
      ...['quoted', 'received', 'shipped', 'validated'],
    ]);
    const conditions = new Set(many.flatMap(({ truth }) => truth.conditions.map((one) => one.split(' ')[0])));
    expect([...conditions].sort()).toEqual(['CANCEL_AFTER_SHIP', 'OVERSHIPPED', 'PICKED_MORE_THAN_DUE']);
    expect(many.some(({ truth }) => truth.isPaid)).toBe(true);
  });

  it('name each message once, in the order of time', () => {
    for (const { messages } of many.slice(0, 50)) {
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      expect(messages.every(({ at }, place) => place === 0 || at >= messages[place - 1]!.at)).toBe(true);
    }
  });
});
