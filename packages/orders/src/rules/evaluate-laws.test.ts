import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { eventProblems } from '../events/event-problems.ts';
import { foldOrder } from '../fold/fold-order.ts';
import { told } from '../testing/arbitrary-events.ts';
import { minute } from '../testing/rule-story.ts';
import { type Evaluation, evaluateRules } from './evaluate-rules.ts';

const now = fc.integer({ min: 0, max: 5 * 24 * 60 }).map(minute);
const settings = fc.constantFrom({}, {
  rules: { ASN_MISSING: { isOn: true }, STUCK_PICK: { within: { minutes: 5, counting: 'working-hours' } } },
} as const);
const emitted = ({ open, clear }: Evaluation): OrderEvent[] => [...open, ...clear];

describe('the evaluation', () => {
  it('emits canonical events of what is there now, each under an id of its own', () => {
    const law = fc.property(told, now, settings, ({ events }, at, chosen) => {
      const evaluation = evaluateRules(foldOrder(events), at, chosen);
      const all = emitted(evaluation);
      for (const one of all) expect(eventProblems(one)).toEqual([]);
      for (const { time } of evaluation.open) expect(Date.parse(time)).toBeLessThanOrEqual(at.getTime());
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    });
    fc.assert(law, { numRuns: 200 });
  });

  it('adds nothing when its events have come, now or until nextAt', () => {
    const law = fc.property(told, now, settings, ({ events, shuffled }, at, chosen) => {
      const first = evaluateRules(foldOrder(events), at, chosen);
      expect(evaluateRules(foldOrder(shuffled), at, chosen)).toEqual(first);
      const after = foldOrder([...emitted(first), ...shuffled, ...emitted(first)]);
      const second = evaluateRules(after, at, chosen);
      expect(emitted(second)).toEqual([]);
      const later = second.nextAt === undefined ? minute(99 * 24 * 60) : new Date(Date.parse(second.nextAt) - 1);
      expect(emitted(evaluateRules(after, later, chosen))).toEqual([]);
    });
    fc.assert(law, { numRuns: 200 });
  });

  it('says at nextAt what it says when it looks then for the first time', () => {
    const openOnes = (events: readonly OrderEvent[]): string[] =>
      foldOrder(events).exceptions.flatMap(({ id, isOpen }) => (isOpen && id.startsWith('rule:') ? [id] : []));
    const law = fc.property(told, now, settings, ({ events }, at, chosen) => {
      const first = evaluateRules(foldOrder(events), at, chosen);
      if (first.nextAt === undefined) return;
      const next = new Date(first.nextAt);
      const inSteps = [...events, ...emitted(first)];
      const stepwise = [...inSteps, ...emitted(evaluateRules(foldOrder(inSteps), next, chosen))];
      const atOnce = [...events, ...emitted(evaluateRules(foldOrder(events), next, chosen))];
      expect(openOnes(stepwise)).toEqual(openOnes(atOnce));
    });
    fc.assert(law, { numRuns: 200 });
  });
});
