import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../events/catalogue/index.ts';
import { told } from '../testing/arbitrary-events.ts';
import { event, fact, line, received } from '../testing/order-story.ts';
import { isLinkStatement } from '../xref/resolve-links.ts';
import { foldOrder } from './fold-order.ts';
import type { OrderState } from './order-state.ts';
import { FULFILMENT_STAGES } from './stages.ts';

const stageTimes = (events: readonly OrderEvent[]) => foldOrder(events).stageTimes;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
const story = [
  received([line(1, '10')]),
  fact('shipped', 10, 'shp_1', '10'),
  fact('shipped', 20, 'shp_1', '8', { rev: 1 }),
  fact('shipped', 30, 'shp_2', '2'),
  fact('invoiced', 5, 'inv_1', '10'),
];

describe('stageTimes', () => {
  it('keeps when a stage was first reached, and since when it holds', () => {
    expect(stageTimes(story)).toEqual({
      received: { firstReachedAt: at(0), currentSince: at(0) },
      allocated: { firstReachedAt: at(10), currentSince: at(30) },
      picked: { firstReachedAt: at(10), currentSince: at(30) },
      shipped: { firstReachedAt: at(10), currentSince: at(30) },
      invoiced: { firstReachedAt: at(5), currentSince: at(5) },
    });
  });

  it('says that a stage does not hold any more', () => {
    expect(stageTimes(story.slice(0, 3)).shipped).toEqual({ firstReachedAt: at(10), currentSince: undefined });
  });

  it('is not led astray by two reports of one truck that were linked later', () => {
    const half = [
      received([line(1, '10')]),
      fact('shipped', 10, 'shp_1', '5'),
      fact('shipped', 11, 'odoo:p::7', '5'),
      event('xref.linked', 50, { entity: 'shipment', keys: ['shp_1', 'odoo:p::7'] }),
    ];
    expect(stageTimes(half).shipped).toBeUndefined();
  });

  it('says the same for any order of the events and any repeats', () => {
    const shuffled = fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 });
    fc.assert(fc.property(shuffled, (events) => void expect(stageTimes(events)).toEqual(stageTimes(story))));
  });

  it('is what the fold of everything until each moment says', () => {
    fc.assert(
      fc.property(told, ({ events }) => {
        expect(stageTimes(events)).toEqual(stageTimesByFolds(events));
      }),
      { numRuns: 100 },
    );
  });
});

/** The definition, slow: folds once per moment. */
function stageTimesByFolds(events: readonly OrderEvent[]) {
  const times: Record<string, { firstReachedAt: string; currentSince: string | undefined }> = {};
  for (const [time, state] of statesOver(events)) {
    for (const stage of ['received', 'validated', ...FULFILMENT_STAGES, 'invoiced']) {
      const known = times[stage];
      if (!isReached(state, stage)) {
        if (known) times[stage] = { ...known, currentSince: undefined };
      } else if (known?.currentSince === undefined)
        times[stage] = { firstReachedAt: known?.firstReachedAt ?? time, currentSince: time };
    }
  }
  return times;
}

/** What the order was after each moment, the oldest first. Links hold at all moments. */
function statesOver(events: readonly OrderEvent[]): (readonly [time: string, OrderState])[] {
  const links = events.filter(isLinkStatement);
  const moments = [...new Set(events.map(({ time }) => Date.parse(time)))].sort((a, b) => a - b);
  return moments.map((moment) => {
    const happened = events.filter((one) => !isLinkStatement(one) && Date.parse(one.time) <= moment);
    return [new Date(moment).toISOString(), foldOrder([...links, ...happened])];
  });
}

function isReached({ head, decisions, fulfilment, billing }: OrderState, stage: string): boolean {
  if (head === undefined) return false;
  if (stage === 'received') return true;
  if (stage === 'validated') return (decisions.validatedAt ?? decisions.confirmedAt) !== undefined;
  if (stage === 'invoiced') return billing.invoiced.state === 'reached';
  return fulfilment[stage as keyof typeof fulfilment].state === 'reached';
}

describe('waits', () => {
  const waits = (events: readonly OrderEvent[]) =>
    foldOrder(events).waits.map(({ from, to, since, lines }) => [from, to, since, lines.length]);

  it('says since when goods of one stage wait for the next, and in how many lines', () => {
    expect(waits([received([line(1, '10')]), fact('allocated', 3, 'shp_1', '10')])).toEqual([
      ['allocated', 'picked', at(3), 1],
    ]);
    expect(waits(story.slice(0, 2))).toEqual([['shipped', 'invoiced', at(10), 1]]);
  });

  it('lets what came first go first: a part that went on does not make the rest young', () => {
    const events = [
      received([line(1, '10')]),
      fact('shipped', 10, 'shp_1', '4'),
      fact('shipped', 20, 'shp_2', '6'),
      fact('invoiced', 30, 'inv_1', '4'),
    ];
    expect(waits(events)).toContainEqual(['shipped', 'invoiced', at(20), 1]);
    expect(waits([...events, fact('invoiced', 31, 'inv_2', '5')])).toContainEqual(['shipped', 'invoiced', at(20), 1]);
    expect(waits([...events, fact('invoiced', 31, 'inv_2', '6')])).toEqual([]);
  });

  it('does not begin again when a source says the same again', () => {
    const events = [received([line(1, '10')]), fact('picked', 10, 'shp_1', '10'), fact('picked', 40, 'shp_1', '10')];
    expect(waits(events)).toEqual([['picked', 'shipped', at(10), 1]]);
  });

  it('does not wait for what is not due any more, nor for services', () => {
    const service = line(2, '1', { requiresFulfilment: false });
    const events = [
      received([line(1, '10'), service]),
      fact('picked', 10, 'shp_1', '10'),
      fact('shipped', 11, 'shp_1', '8'),
      fact('invoiced', 12, 'inv_1', '8'),
      fact('invoiced', 12, 'inv_1', '1', { lineKey: service.lineKey }),
    ];
    expect(waits(events)).toEqual([['picked', 'shipped', at(10), 1]]);
    expect(waits([...events, fact('cancelled', 13, 'shp_1', '2')])).toEqual([]);
  });

  it('is what quantities over all moments say', () => {
    const least = (a: number, b: number): number => Math.min(a, b);
    const law = fc.property(told, ({ events }) => {
      const states = statesOver(events);
      const now = foldOrder(events);
      for (const [from, to] of [['picked', 'shipped'] as const, ['shipped', 'invoiced'] as const]) {
        const since = now.lines.flatMap(({ lineKey, quantities, requiresFulfilment }) => {
          const due = Number(quantities.due);
          const before = (state: OrderState): number =>
            least(Number(state.lines.find((one) => one.lineKey === lineKey)?.quantities[from] ?? 0), due);
          const through = least(Number(quantities[to]), due);
          const last = states.findLastIndex(([, state]) => before(state) <= through);
          return requiresFulfilment && last < states.length - 1 ? [states[last + 1]![0]] : [];
        });
        const wait = now.waits.find((one) => one.from === from && one.to === to);
        expect(wait?.since).toBe(since.sort()[0]);
        expect(wait?.lines.length ?? 0).toBe(since.length);
      }
    });
    fc.assert(law, { numRuns: 100 });
  });
});
