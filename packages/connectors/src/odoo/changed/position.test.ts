import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesAmong, type Position, packPosition, pruned, type Seen, unpackPosition } from './position.ts';

const START: Position = {
  ...{ epoch: 'e', of: 'o', shape: 's', floor: 0, cursor: 1000, seq: 0, comparedAt: 0 },
  ...{ rows: new Map(), owed: [] },
};
const OVERLAP = 300;
const seen = (id: number, at: number, hash: string, isFound = true): Seen<string> => ({
  ...{ id, at, hash, content: hash, isFound },
});
const look = (records: readonly Seen<string>[], more: object = {}) => ({
  ...{ seen: records, gone: [], from: 700, shape: 's', ...more },
});

describe('changes', () => {
  test('are what was not seen as it is, oldest first, and settled nothing is one again', () => {
    const records = [seen(2, 1001, 'b'), seen(1, 1001, 'a'), seen(3, 999, 'c')];
    const { changes, settled, more } = changesAmong(START, look(records), 10);
    expect(changes.map(({ id, seq }) => [id, seq])).toEqual([
      [3, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(settled).toMatchObject({ cursor: 1001, seq: 3, owed: [] });
    expect(more).toBe(false);
    expect(changesAmong(settled, look(records), 10).changes).toEqual([]);
  });

  test('a second change within the same second is one', () => {
    const { settled } = changesAmong(START, look([seen(1, 1001, 'a')]), 10);
    expect(changesAmong(settled, look([seen(1, 1001, 'b')]), 10).changes).toMatchObject([{ id: 1, seq: 2 }]);
  });

  test('what is owed keeps its number while it is as it was, met the conditions or not', () => {
    const { claim } = changesAmong(START, look([seen(1, 1001, 'a'), seen(2, 1001, 'b')]), 10);
    const again = changesAmong(claim, look([seen(1, 1001, 'a', false), seen(2, 1002, 'b2')]), 10);
    expect(again.changes.map(({ id, seq }) => [id, seq])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  test('more than are wanted at once come the next time, owed ones too', () => {
    const records = [seen(1, 1001, 'a'), seen(2, 1002, 'b'), seen(3, 1003, 'c')];
    const first = changesAmong(START, look(records, { gone: [9] }), 2);
    expect(first).toMatchObject({ more: true, settled: { cursor: 1002, owed: [] } });
    const retried = changesAmong(first.claim, look(records), 1);
    expect(retried).toMatchObject({ more: true, changes: [{ id: 1, seq: 1 }], settled: { owed: [{ id: 2, seq: 2 }] } });
    expect(changesAmong(first.settled, look(records, { gone: [9] }), 2).changes).toMatchObject([
      { id: 3, seq: 3 },
      { id: 9, seq: 4, change: 'deleted', content: null },
    ]);
  });

  test('a record that is gone is told once and known no more', () => {
    const { settled } = changesAmong(START, look([seen(1, 1001, 'a')]), 10);
    const gone = changesAmong(settled, look([], { gone: [1] }), 10);
    expect(gone.changes).toMatchObject([{ id: 1, change: 'deleted', seq: 2 }]);
    expect(changesAmong(gone.claim, look([], { gone: [1] }), 10).changes).toMatchObject([{ seq: 2 }]);
    expect(gone.settled.rows.size).toBe(0);
  });

  test('with other fields the time decides, and what was not looked at is forgotten', () => {
    const { settled } = changesAmong(START, look([seen(1, 1001, 'a'), seen(2, 1001, 'b'), seen(3, 800, 'c')]), 10);
    const reshaped = changesAmong(
      settled,
      look([seen(1, 1001, 'A'), seen(2, 1005, 'B')], { shape: 't', from: 900 }),
      10,
    );
    expect(reshaped.changes).toMatchObject([{ id: 2 }]);
    expect(reshaped.settled).toMatchObject({ shape: 't', floor: 900 });
    expect([...reshaped.settled.rows.keys()]).toEqual([1, 2]);
  });
});

test('a position reads back as it was packed', () => {
  const { claim } = changesAmong(START, look([seen(1, 1_764_000_000, 'Zm9vYmFy'), seen(77, 1001, '-_aB0z12')]), 10);
  expect(unpackPosition(JSON.parse(JSON.stringify(packPosition(claim))))).toEqual(claim);
  expect(unpackPosition(packPosition(START))).toEqual(START);
});

test('beyond so many rows those written longest ago go, whole seconds at a time', () => {
  const rows = new Map([1, 2, 3, 4].map((id) => [id, { hash: 'h', at: id === 4 ? 5 : 2 }] as const));
  expect(pruned({ ...START, rows }, 2)).toMatchObject({ floor: 3, rows: new Map([[4, { hash: 'h', at: 5 }]]) });
  expect(pruned({ ...START, rows }, 4).floor).toBe(0);
});

/** What happens in Odoo and to whoever looks, at moments of one clock in seconds. */
type Moment =
  | { readonly do: 'commit'; readonly id: number; readonly beganAgo: number }
  | { readonly do: 'look'; readonly diesAfter: number | undefined; readonly maxChanges: number }
  | { readonly do: 'wait'; readonly seconds: number };

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({ do: fc.constant('commit'), id: fc.integer({ min: 1, max: 8 }), beganAgo: fc.nat({ max: OVERLAP }) }),
  fc.record({
    do: fc.constant('look'),
    diesAfter: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
    maxChanges: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ do: fc.constant('wait'), seconds: fc.nat({ max: 400 }) }),
) as fc.Arbitrary<Moment>;

test('whatever is committed late and wherever looks die: each last state is told, none twice', () => {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
      const odoo = new Map<number, { content: string; at: number }>();
      const told = new Map<number, string>();
      let [now, stored, writes] = [2000, { ...START, cursor: 2000, floor: 2000 - OVERLAP } as Position, 0];
      const lookOnce = (maxChanges: number, diesAfter = Number.POSITIVE_INFINITY): boolean => {
        const from = Math.max(stored.floor, (stored.cursor ?? 0) - OVERLAP);
        const owed = new Set(stored.owed.map(({ id }) => id));
        const records = [...odoo].filter(([id, { at }]) => at >= from || owed.has(id));
        const read = records.map(([id, { content, at }]) => seen(id, at, content, at >= from));
        const { claim, settled, changes, more } = changesAmong(stored, { ...look(read), from }, maxChanges);
        stored = unpackPosition(packPosition(claim)) as Position;
        for (const { seq, content } of changes.slice(0, diesAfter)) told.set(seq, content ?? '');
        if (diesAfter <= changes.length) return true;
        stored = settled;
        return more;
      };
      for (const one of moments) {
        if (one.do === 'wait') now += one.seconds;
        else if (one.do === 'look') lookOnce(one.maxChanges, one.diesAfter);
        else {
          // A record's own writers follow each other: Odoo gives up the one whose snapshot is older than the last commit.
          const at = Math.max(now - one.beganAgo, odoo.get(one.id)?.at ?? 0);
          odoo.set(one.id, { content: `${one.id}/${++writes}`, at });
        }
      }
      while (lookOnce(3)) now++;
      const contents = [...told.values()];
      expect(new Set(contents).size).toBe(contents.length);
      for (const { content } of odoo.values()) expect(contents).toContain(content);
    }),
    { numRuns: 1000 },
  );
});
