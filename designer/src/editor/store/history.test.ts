import { applyChange, type Flow, type FlowChange, newFlow } from '@crossdock/flow-model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEditorStore, type EditorStore } from './editor-store.ts';
import { EMPTY_HISTORY, MERGE_WITHIN_MS, record } from './history.ts';

const node = (id: string) => ({ id, type: 'transform', config: { mapping: '$' } });
const start: Flow = { ...newFlow('f', 'F'), nodes: [node('a'), node('b')], layout: { nodes: { a: { x: 0, y: 0 } } } };

const open = (flow = start) => {
  const clock = { now: 0 };
  const draft = { flow, etag: '1', updatedAt: '2026-11-23T10:00:00.000Z', updatedBy: 'Ada' };
  return { clock, store: createEditorStore(draft, new Map(), { now: () => clock.now }) };
};
const flowOf = (store: EditorStore) => store.getState().flow;

const anyChange: fc.Arbitrary<FlowChange> = fc.oneof(
  fc.record({
    kind: fc.constant('moveNodes' as const),
    positions: fc.constant({ a: { x: 8, y: 16 }, b: { x: 0, y: 8 } }),
  }),
  fc.record({ kind: fc.constant('removeNodes' as const), nodeIds: fc.subarray(['a', 'b', 'c']) }),
  fc.record({ kind: fc.constant('setMeta' as const), name: fc.string(), description: fc.string() }),
  fc.record({
    kind: fc.constant('updateNode' as const),
    nodeId: fc.constantFrom('a', 'b'),
    patch: fc.record({ config: fc.dictionary(fc.string(), fc.string()), name: fc.option(fc.string()) }),
  }),
  fc.record({ kind: fc.constant('setSettings' as const), settings: fc.constantFrom(undefined, { concurrency: 4 }) }),
  fc.record({
    kind: fc.constant('addSample' as const),
    sample: fc.record({ name: fc.string(), payload: fc.jsonValue() }),
  }),
);

describe('undo and redo', () => {
  test('undoing everything gives the first flow back, redoing everything the last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyChange, fc.constantFrom(undefined, 'field'), fc.nat(3_000)), { maxLength: 12 }),
        (changes) => {
          const { store, clock } = open();
          for (const [change, mergeKey, pause] of changes) {
            clock.now += pause;
            store.getState().change(change, mergeKey === undefined ? {} : { mergeKey });
          }
          const last = JSON.stringify(flowOf(store));
          const steps = store.getState().history.past.length;
          for (let step = 0; step < steps; step++) store.getState().undo();
          expect(JSON.stringify(flowOf(store))).toBe(JSON.stringify(start));
          for (let step = 0; step < steps; step++) store.getState().redo();
          expect(JSON.stringify(flowOf(store))).toBe(last);
        },
      ),
    );
  });

  test('a new change after an undo drops what could have been redone', () => {
    const { store } = open();
    store.getState().change({ kind: 'setMeta', name: 'One' });
    store.getState().undo();
    store.getState().change({ kind: 'setMeta', name: 'Two' });
    store.getState().redo();
    expect(flowOf(store).name).toBe('Two');
  });

  test('undoing with nothing done changes nothing', () => {
    const { store } = open();
    store.getState().undo();
    expect(flowOf(store)).toBe(start);
  });
});

describe('typing', () => {
  const type = (store: EditorStore, name: string, mergeKey = 'name') =>
    store.getState().change({ kind: 'setMeta', name }, { mergeKey });

  test('in one field is one step', () => {
    const { store, clock } = open();
    for (const name of ['F1', 'F12', 'F123']) {
      clock.now += 100;
      type(store, name);
    }
    store.getState().undo();
    expect(flowOf(store).name).toBe('F');
  });

  test('after a pause begins a new step', () => {
    const { store, clock } = open();
    type(store, 'One');
    clock.now += MERGE_WITHIN_MS + 1;
    type(store, 'Two');
    store.getState().undo();
    expect(flowOf(store).name).toBe('One');
  });

  test('in another field begins a new step', () => {
    const { store } = open();
    type(store, 'One', 'name');
    type(store, 'Two', 'other');
    store.getState().undo();
    expect(flowOf(store).name).toBe('One');
  });

  test('after choosing another node begins a new step', () => {
    const { store } = open();
    type(store, 'One');
    store.getState().select({ nodeIds: ['a'], edgeIds: [] });
    type(store, 'Two');
    store.getState().undo();
    expect(flowOf(store).name).toBe('One');
  });
});

test('a selection forgets what a change removes', () => {
  const { store } = open();
  store.getState().select({ nodeIds: ['a', 'b'], edgeIds: [] });
  store.getState().change({ kind: 'removeNodes', nodeIds: ['a'] });
  expect(store.getState().selection.nodeIds).toEqual(['b']);
});

test('merged steps stay flat, however much is typed', () => {
  let history = EMPTY_HISTORY;
  let flow = start;
  for (let at = 0; at < 50; at++) {
    const change: FlowChange = { kind: 'setMeta', name: `F${at}` };
    const applied = applyChange(flow, change);
    flow = applied.flow;
    history = record(history, { redo: change, undo: applied.inverse, mergeKey: 'name', at });
  }
  const undo = history.past[0]?.undo;
  expect(undo?.kind === 'batch' && undo.changes.every((change) => change.kind !== 'batch')).toBe(true);
});
