import type { FrontierEntry, JournalSnapshot, Span } from '@crossdock/engine';
import type { Flow } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { CONCEALED } from '../../vault/index.ts';
import { openEdited } from './edited-payload.ts';
import type { Original } from './original.ts';
import { seedOfFailure } from './replay-seed.ts';
import { seedFromNode } from './seed-from-node.ts';

const entry = (nodeId: string, more: Partial<FrontierEntry> = {}): FrontierEntry => ({
  ...{ nodeId, inputRef: `${nodeId}-in.out`, iteration: 0, attempts: 2 },
  ...more,
});
const span = (nodeId: string, more: Partial<Span> = {}): Span => ({
  ...{ spanId: `s-${nodeId}`, nodeId, nodeType: 'transform', attempt: 1, status: 'succeeded', edges: [] },
  ...{
    startedAt: '2026-03-01T00:00:00.000Z',
    durationMs: 1,
    inputRef: `${nodeId}-in.out`,
    outputRef: `s-${nodeId}.out`,
  },
  ...more,
});
const failedWith = (frontier: FrontierEntry[], more: Partial<JournalSnapshot> = {}) =>
  ({
    ...{ frontier, outputs: {}, nodeOutputs: {}, spans: [], status: 'failed' },
    error: { code: 'REMOTE_REJECTED', message: 'no', nodeId: 'erp' },
    ...more,
  }) as unknown as JournalSnapshot;

describe('where a failed execution stood', () => {
  test('the failed entry begins anew, others go on, and what waits for children starts them anew', () => {
    const doubt = entry('pay', { wait: { kind: 'doubt', id: 'd1', since: '2026-03-01T00:00:00.000Z' } });
    const waits = entry('later', { wait: { kind: 'time' }, dueAt: '2026-03-01T00:00:00.000Z', attempts: 0 });
    const snapshot = failedWith([
      entry('erp', { dueAt: '2026-03-01T00:00:00.000Z', intent: { attempt: 2, at: 'x' }, unclear: true }),
      doubt,
      waits,
      entry('call', { wait: { kind: 'children', count: 2 }, item: { split: 'each.0', index: 1 } }),
    ]);
    expect(seedOfFailure(snapshot)?.frontier).toEqual([
      { nodeId: 'erp', inputRef: 'erp-in.out', iteration: 0, attempts: 0 },
      doubt,
      waits,
      { nodeId: 'call', inputRef: 'call-in.out', iteration: 0, attempts: 0, item: { split: 'each.0', index: 1 } },
    ]);
  });

  test('of several arrivals at the failed node only the one that failed begins anew', () => {
    const other = entry('erp', { iteration: 0, inputRef: 'a.out', dueAt: '2026-03-01T00:00:00.000Z' });
    const failed = entry('erp', { iteration: 1, inputRef: 'b.out' });
    const spans = [span('erp', { iteration: 1, inputRef: 'b.out', status: 'failed' }), span('map', { spanId: 'b' })];
    const seed = seedOfFailure(failedWith([other, failed], { spans }), { value: 7 });
    expect(seed?.frontier).toEqual([
      other,
      { nodeId: 'erp', inputRef: expect.stringMatching(/^edited-/), iteration: 1, attempts: 0, source: 'map' },
    ]);
    expect(seed?.outputs).toEqual({ [seed?.frontier[1]?.inputRef ?? '']: { value: 7 } });
  });

  test('one payload cannot stand for several, and nothing begun is no place to begin', () => {
    const two = failedWith([entry('a'), entry('b')]);
    expect(() => seedOfFailure(two, { value: 7 })).toThrow(/2 payloads/);
    expect(seedOfFailure(failedWith([]))).toBeUndefined();
  });
});

describe('a node to begin at', () => {
  const node = (id: string, type = 'transform') => ({ id, type, config: {} });
  const edge = (source: string, target: string, sourceHandle = 'out') => ({
    ...{ id: `${source}-${target}`, source, sourceHandle, target, targetHandle: 'in' },
  });
  const flow = {
    ...{ formatVersion: 1, id: 'f', name: 'f' },
    nodes: [
      ...[node('hook', 'webhook'), node('a'), node('b'), node('join', 'join'), node('end'), node('split', 'split')],
      ...[node('item'), node('after')],
    ],
    edges: [
      ...[edge('hook', 'a'), edge('hook', 'b'), edge('a', 'join'), edge('b', 'join'), edge('join', 'end')],
      ...[edge('end', 'split'), edge('split', 'item', 'each'), edge('split', 'after', 'done')],
    ],
  } as unknown as Flow;
  const originalOf = (nodeId = 'hook', more: Partial<Original> = {}): Original => ({
    ...{ executionId: 'x', flowId: 'f', env: 'dev', revision: 1, status: 'succeeded', snapshot: undefined },
    spans: ['hook', 'a', 'b', 'join', 'end', 'split', 'item', 'after'].map((id) => span(id)),
    effects: [],
    head: { nodeId, headers: {}, keys: {}, wasRefused: false },
    payload: async (ref) => ({ value: ref }),
    ...more,
  });
  const seed = (nodeId: string, original = originalOf()) => seedFromNode(original, { flow, nodeId, edited: undefined });

  test('is none before a join that needs more, none that joins, none inside a split', async () => {
    await expect(seed('a')).rejects.toThrow(/leads to join "join"/);
    await expect(seed('join')).rejects.toThrow(/joins several payloads/);
    await expect(seed('item')).rejects.toThrow(/behind "each" of split "split"/);
    await expect(seed('gone')).rejects.toThrow(/not in this revision/);
    expect((await seed('end')).frontier).toMatchObject([{ nodeId: 'end' }]);
    expect((await seed('split')).frontier).toMatchObject([{ nodeId: 'split' }]);
    expect((await seed('after')).outputs).toEqual({ 'after-in.out': { value: 'after-in.out' } });
  });

  test('may lie inside the split that the execution is an element of', async () => {
    expect((await seed('item', originalOf('split'))).frontier).toMatchObject([{ nodeId: 'item' }]);
  });

  test('gets every arrival, under the number that its keys are made of', async () => {
    const spans = [span('a'), span('end', { inputRef: 'p' }), span('end', { inputRef: 'p', attempt: 2 })];
    const second = span('end', { inputRef: 'q', iteration: 3 });
    const { frontier } = await seed('end', originalOf('hook', { spans: [...spans, second] }));
    expect(frontier.map(({ inputRef, iteration, attempts }) => [inputRef, iteration, attempts])).toEqual([
      ['p', 0, 0],
      ['q', 3, 0],
    ]);
  });

  test('keeps what was done before it to be undone, and leaves out what is done again', async () => {
    const effect = (nodeId: string) => ({ nodeId, iteration: 0, compensate: 'undo', inputRef: `${nodeId}-i` });
    const effects = [effect('a'), effect('after')];
    const made = await seed('end', originalOf('hook', { effects }));
    expect(made.effects).toEqual([effect('a')]);
    expect(made.outputs).toMatchObject({ 'a-i': { value: 'a-i' } });
  });
});

describe('an edited payload', () => {
  const vault = {
    open: (value: unknown) => JSON.parse(JSON.stringify(value).replace(/\{"\$sealed":("\w+")\}/g, '$1')),
  };
  const recorded = {
    name: 'x',
    email: { $sealed: 'ada' },
    lines: [{ phone: { $sealed: 'one' } }, { phone: CONCEALED }],
  };
  const open = (edited: unknown) => openEdited(vault, 'dev', { edited, recorded });

  test('keeps a masked value where its dots stand, and takes everything else as it is', () => {
    const lines = [{ phone: CONCEALED }, { phone: CONCEALED }, { phone: CONCEALED }];
    expect(open({ name: 'y', email: CONCEALED, lines })).toEqual({
      ...{ name: 'y', email: 'ada' },
      lines: [{ phone: 'one' }, { phone: CONCEALED }, { phone: CONCEALED }],
    });
    expect(open({ email: 'new', other: CONCEALED })).toEqual({ email: 'new', other: CONCEALED });
    expect(open(null)).toBeNull();
    expect(open([CONCEALED])).toEqual([CONCEALED]);
  });
});
