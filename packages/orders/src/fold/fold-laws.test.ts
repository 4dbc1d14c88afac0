import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventProblems } from '../events/event-problems.ts';
import { aFact, control, told } from '../testing/arbitrary-events.ts';
import { foldOrder } from './fold-order.ts';

/** `FOLD_RUNS=20000` for the long form. */
const RUNS = Number(process.env.FOLD_RUNS ?? 1000);

describe('the fold', () => {
  it('gives the same state for any order of the events and any duplicates', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(told, ({ events, shuffled }) => {
        expect(foldOrder(structuredClone(shuffled))).toEqual(foldOrder(events));
      }),
      { numRuns: RUNS },
    );
  });

  it('never has more at a later stage than at an earlier one', () => {
    fc.assert(
      fc.property(told, ({ events }) => {
        for (const { quantities } of foldOrder(events).lines) {
          const [allocated, picked, shipped, delivered] = (
            ['allocated', 'picked', 'shipped', 'delivered'] as const
          ).map((stage) => Number(quantities[stage])) as [number, number, number, number];
          expect(allocated >= picked && picked >= shipped && shipped >= delivered).toBe(true);
        }
      }),
    );
  });

  it('is tried with events that are canonical', () => {
    fc.assert(fc.property(fc.oneof(aFact, control), (one) => eventProblems(one).length === 0));
  });
});
