import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, fact, line, received } from '../testing/order-story.ts';
import { stageTimes } from './stage-times.ts';

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
});
