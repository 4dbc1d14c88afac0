import { type Fixed, fixedText, smaller } from '../decimal/fixed.ts';
import type { Line, LineAmounts } from './line-state.ts';

export const FULFILMENT_STAGES = ['allocated', 'picked', 'shipped', 'delivered'] as const;
export type FulfilmentStage = (typeof FULFILMENT_STAGES)[number];

/** How far the lines of an order are at one stage. */
export interface StageProgress {
  readonly state: 'none' | 'partial' | 'reached';
  /** Lines that are through, of those that are due. */
  readonly lines: { readonly done: number; readonly due: number };
  /** The same in units, where all lines that are due count in one unit: "picked 120/180". */
  readonly units?: { readonly done: string; readonly due: string; readonly uom: string } | undefined;
}

/** Which lines the goods' way is about: not services and charges. */
export const needsFulfilment = ({ ordered }: Pick<Line, 'ordered'>): boolean => ordered.requiresFulfilment !== false;

/** Reached when every line has as much as is due, and something is due at all. */
export function progressAt(stage: FulfilmentStage | 'invoiced', lines: readonly Line[]): StageProgress {
  const due = lines.filter(({ amounts }) => amounts.due > 0n);
  const through = due.filter(({ amounts }) => amounts[stage] >= amounts.due);
  // What was picked of a line that was cancelled since begins nothing, unless all of the order was cancelled.
  const isBegun = (due.length > 0 ? due : lines).some(({ amounts }) => amounts[stage] > 0n);
  const state = due.length > 0 && through.length === due.length ? 'reached' : isBegun ? 'partial' : 'none';
  return { state, lines: { done: through.length, due: due.length }, units: unitsAt(stage, due) };
}

function unitsAt(stage: keyof LineAmounts, due: readonly Line[]): StageProgress['units'] {
  const uom = due[0]?.uom;
  if (uom === undefined || due.some((line) => line.uom !== uom)) return undefined;
  const sum = (of: (amounts: LineAmounts) => Fixed): string =>
    fixedText(due.map(({ amounts }) => of(amounts)).reduce((a, b) => a + b, 0n));
  return { done: sum((amounts) => smaller(amounts[stage], amounts.due)), due: sum((amounts) => amounts.due), uom };
}
