import { expect } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { eventProblems } from '../events/event-problems.ts';
import { foldOrder } from '../fold/fold-order.ts';
import { evaluateRules } from '../rules/evaluate-rules.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';

/** So many minutes after nine on Monday, 23 November 2026, by UTC. */
export const minute = (count: number): Date => new Date(Date.UTC(2026, 10, 23, 9, count));

export interface RuleStory {
  readonly code: string;
  readonly events: readonly OrderEvent[];
  /** When it alarms, in minutes after nine. */
  readonly alarmsAt: number;
  readonly about?: string;
  /** After these it passes. */
  readonly passes: readonly OrderEvent[];
  readonly settings?: RuleSettings;
}

/** What the rules say, of this code alone. */
export function saidOf(code: string, events: readonly OrderEvent[], now: Date, settings?: RuleSettings) {
  const { open, clear, nextAt } = evaluateRules(foldOrder(events), now, settings);
  const isMeant = ({ data }: OrderEvent): boolean => (data as { code?: string }).code === code;
  return { open: open.filter(isMeant), clear: clear.filter(isMeant), nextAt };
}

/** Tells a story: nothing before its time, the alarm at it, once, over the stage, and its passing. */
export function tell({ code, events, alarmsAt, about, passes, settings }: RuleStory): void {
  const at = minute(alarmsAt);
  const before = new Date(at.getTime() - 1);
  expect(saidOf(code, events, before, settings)).toMatchObject({ open: [], clear: [] });
  const { nextAt } = evaluateRules(foldOrder(events), before, settings);
  expect(Date.parse(nextAt!)).toBeLessThanOrEqual(at.getTime());

  const { open } = saidOf(code, events, at, settings);
  expect(open).toHaveLength(1);
  expect(eventProblems(open[0])).toEqual([]);
  const exceptionId = about === undefined ? `rule:${code}` : `rule:${code}:${about}`;
  expect(open[0]).toMatchObject({ time: at.toISOString(), data: { code, exceptionId, rev: 0 } });
  const later = new Date(at.getTime() + 60_000);
  expect(saidOf(code, events, later, settings).open).toEqual(open);

  const alarmed = [...events, ...open];
  expect(foldOrder(alarmed)).toMatchObject({ headline: 'exception pending', isExceptionPending: true });
  expect(saidOf(code, alarmed, later, settings)).toMatchObject({ open: [], clear: [] });

  const passed = [...alarmed, ...passes];
  const { clear } = saidOf(code, passed, later, settings);
  expect(clear).toHaveLength(1);
  expect(eventProblems(clear[0])).toEqual([]);
  const after = [...passed, ...clear];
  expect(foldOrder(after).exceptions.find(({ id }) => id === exceptionId)).toMatchObject({ isOpen: false });
  expect(saidOf(code, after, later, settings)).toMatchObject({ open: [], clear: [] });
}
