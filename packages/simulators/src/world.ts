import { type Ledger, openLedger } from './ledger.ts';
import type { Message } from './message.ts';
import type { Random } from './random.ts';

export interface Pace {
  /** When it begins: milliseconds since 1970. */
  readonly startAt: number;
  /** Least and most seconds, 1 at least, from one thing to the next. */
  readonly secondsApart: readonly [least: number, most: number];
}

/** One order's world: its clock, what happened, and what was told of it. The systems act on it, one thing after the other. */
export interface World {
  readonly ledger: Ledger;
  readonly random: Random;
  readonly messages: readonly Message[];
  /** Number of the order, by which ids are made unique. */
  readonly number: number;
  now(): number;
  /** Time passes until the next thing happens. */
  pass(): void;
  tell(message: Omit<Message, 'id' | 'at'>): void;
  /** The next of the ids that a system gives, such as `SH-000017-2`. */
  nextId(prefix: string): string;
}

export function openWorld(
  random: Random,
  { startAt, secondsApart }: Pace,
  name: { orderNo: string; number: number },
): World {
  const messages: Message[] = [];
  const ids = new Map<string, number>();
  let now = Math.floor(startAt / 1000) * 1000;
  return {
    ledger: openLedger(name.orderNo),
    random,
    messages,
    number: name.number,
    now: () => now,
    pass() {
      now += 1000 * random.whole(...secondsApart);
    },
    tell: (message) => void messages.push({ ...message, id: `${name.orderNo}-${messages.length + 1}`, at: now }),
    nextId(prefix) {
      const count = (ids.get(prefix) ?? 0) + 1;
      ids.set(prefix, count);
      return `${prefix}-${String(name.number).padStart(6, '0')}-${count}`;
    },
  };
}
