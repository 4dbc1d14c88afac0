import { fixedOf } from '../../decimal/fixed.ts';
import type { OrderState } from '../../fold/order-state.ts';
import type { EffectiveRule } from '../effective-rules.ts';

/** That a cause of a rule is there. It alarms from `raiseAt` on, until `until`. Instants in milliseconds since 1970. */
export interface Finding {
  /** What of the order it is about: a line, shipment, hold or document; undefined for the order as a whole. */
  readonly about?: string | undefined;
  readonly raiseAt: number;
  /** From then on it is another matter. */
  readonly until?: number | undefined;
  /** What was seen, in words that stay the same while it lasts. */
  readonly reason: string;
}

/** What findings are made from. */
export interface Look {
  readonly state: OrderState;
  readonly rule: EffectiveRule;
}

export const isoOf = (instant: number): string => new Date(instant).toISOString();

/** Of quantities of a line. */
export const isLess = (a: string, b: string): boolean => fixedOf(a) < fixedOf(b);

/** Nothing but what does not add up is looked for in orders that are over. */
export const isInWork = ({ lifecycle }: OrderState): boolean => lifecycle === 'open';
