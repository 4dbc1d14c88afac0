import { type Fixed, fixedText, ONE, timesDown } from '../decimal/fixed.ts';
import type { Line } from './line-state.ts';

export type ConditionCode =
  | 'ORPHAN_EVENT'
  | 'OVERSHIPPED'
  | 'PICKED_MORE_THAN_DUE'
  | 'CANCEL_AFTER_SHIP'
  | 'UOM_UNKNOWN'
  | 'LINK_CONFLICT'
  | 'EVENT_CONFLICT';

/**
 * Something about the order that does not add up. It may pass by itself when an event comes that is on its way (a link of two reports of one
 * truck), so it is to settle before it alarms anyone.
 */
export interface Condition {
  readonly code: ConditionCode;
  /** The line, or for a conflict the keys, that it is about. */
  readonly about?: string | undefined;
  /** In words, for support. */
  readonly detail: string;
}

/** What does not add up about a line. `tolerance` is the share that may be shipped beyond what is due, in millionths. */
export function lineConditions({ ordered, amounts, uom, unknownUnits }: Line, tolerance: Fixed): Condition[] {
  const about = ordered.lineKey;
  const { due, shipped, saidPicked } = amounts;
  const of = (amount: Fixed): string => `${fixedText(amount)} of ${fixedText(due)} ${uom}`;
  return [
    ...(shipped > due + timesDown(due, tolerance)
      ? [{ code: 'OVERSHIPPED', about, detail: `shipped ${of(shipped)} due` } as const]
      : []),
    ...(saidPicked > due
      ? [{ code: 'PICKED_MORE_THAN_DUE', about, detail: `picked ${of(saidPicked)} due` } as const]
      : []),
    ...unknownUnits.map(
      (unit) => ({ code: 'UOM_UNKNOWN', about, detail: `no factor leads from "${unit}" to "${uom}"` }) as const,
    ),
  ];
}

/** How much may be shipped beyond what is due: a share such as 0.05. */
export function toleranceOf(share: number): Fixed {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`overShipTolerance is ${share}; it is a share from 0 to 1`);
  return BigInt(Math.round(share * Number(ONE)));
}
