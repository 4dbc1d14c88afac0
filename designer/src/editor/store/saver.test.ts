import type { FlowDraft } from '@crossdock/api-contract';
import { type Flow, newFlow } from '@crossdock/flow-model';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEditorStore } from './editor-store.ts';
import { SAVE_AFTER_MS, startSaver } from './saver.ts';

class Refusal extends Error {
  readonly meaning: 'stale' | 'offline' | 'refused';
  constructor(meaning: 'stale' | 'offline' | 'refused') {
    super(meaning);
    this.meaning = meaning;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A runtime in memory: one draft, an etag that counts, and answers that can be made to fail. */
function openEditor() {
  const first: FlowDraft = {
    flow: newFlow('f', 'F'),
    etag: '1',
    updatedAt: '2026-11-23T10:00:01.000Z',
    updatedBy: 'Ada',
  };
  const runtime = { draft: first, failWith: undefined as Refusal | undefined, saves: 0 };
  const put = (flow: Flow, by: string): FlowDraft => {
    const number = Number(runtime.draft.etag) + 1;
    runtime.draft = { flow, etag: String(number), updatedAt: `2026-11-23T10:00:0${number}.000Z`, updatedBy: by };
    return runtime.draft;
  };
  const store = createEditorStore(first, new Map());
  const saver = startSaver(store, {
    async save(flow, etag) {
      if (runtime.failWith) throw runtime.failWith;
      if (etag !== runtime.draft.etag) throw new Refusal('stale');
      runtime.saves++;
      return put(structuredClone(flow), 'Ada');
    },
    load: async () => runtime.draft,
    classify: (error) => (error instanceof Refusal ? error.meaning : 'refused'),
  });
  const rename = (name: string) => store.getState().change({ kind: 'setMeta', name });
  return { store, saver, runtime, put, rename, kind: () => store.getState().save.kind };
}

describe('saving by itself', () => {
  test('waits for a pause and then saves once', async () => {
    const { rename, runtime, kind } = openEditor();
    rename('One');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS / 2);
    rename('Two');
    expect(kind()).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect([kind(), runtime.saves, runtime.draft.flow.name]).toEqual(['saved', 1, 'Two']);
  });

  test('saves nothing when an undo brings the saved state back', async () => {
    const { store, rename, runtime, kind } = openEditor();
    rename('One');
    store.getState().undo();
    store.setState({ flow: store.getState().savedFlow });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS * 2);
    expect([kind(), runtime.saves]).toEqual(['saved', 0]);
  });

  test('tries again while the runtime is away, and loses nothing', async () => {
    const { rename, runtime, kind } = openEditor();
    runtime.failWith = new Refusal('offline');
    rename('One');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(kind()).toBe('offline');
    runtime.failWith = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([kind(), runtime.draft.flow.name]).toEqual(['saved', 'One']);
  });

  test('says what was refused and saves with the next change', async () => {
    const { rename, runtime, kind } = openEditor();
    runtime.failWith = new Refusal('refused');
    rename('One');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(kind()).toBe('refused');
    runtime.failWith = undefined;
    rename('Two');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect([kind(), runtime.draft.flow.name]).toEqual(['saved', 'Two']);
  });

  test('flush saves at once and says when all is saved', async () => {
    const { rename, saver, runtime } = openEditor();
    rename('One');
    expect(await saver.flush()).toBe(true);
    expect(runtime.draft.flow.name).toBe('One');
  });
});

describe('when someone else saves', () => {
  test('an unchanged editor takes their state over', () => {
    const { store, saver, put, runtime } = openEditor();
    expect(saver.notice(put({ ...runtime.draft.flow, name: 'Theirs' }, 'Bob'))).toBe('taken');
    expect([store.getState().flow.name, store.getState().updatedBy]).toEqual(['Theirs', 'Bob']);
  });

  test('an editor with changes of its own reports a conflict and stops saving', async () => {
    const { saver, put, rename, runtime, kind } = openEditor();
    rename('Mine');
    expect(saver.notice(put({ ...runtime.draft.flow, name: 'Theirs' }, 'Bob'))).toBe('conflict');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS * 3);
    expect([kind(), runtime.draft.flow.name]).toEqual(['conflict', 'Theirs']);
  });

  test('what a conflict is settled with is saved over theirs, and undo brings back what was here', async () => {
    const { saver, store, put, rename, runtime, kind } = openEditor();
    put({ ...runtime.draft.flow, description: 'Theirs' }, 'Bob');
    rename('Mine');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(kind()).toBe('conflict');
    await saver.settle({ ...store.getState().flow, description: 'Theirs' });
    expect([kind(), runtime.draft.flow]).toEqual([
      'saved',
      expect.objectContaining({ name: 'Mine', description: 'Theirs' }),
    ]);
    store.getState().undo();
    expect(store.getState().flow).toEqual(expect.objectContaining({ name: 'Mine' }));
    expect(store.getState().flow.description).toBeUndefined();
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(runtime.draft.flow.description).toBeUndefined();
  });

  test('taking theirs saves nothing, and undo brings mine back', async () => {
    const { saver, store, put, rename, runtime, kind } = openEditor();
    const theirs = put({ ...runtime.draft.flow, name: 'Theirs' }, 'Bob');
    rename('Mine');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    await saver.settle(theirs.flow);
    expect([kind(), store.getState().flow.name, runtime.saves]).toEqual(['saved', 'Theirs', 0]);
    store.getState().undo();
    expect(store.getState().flow.name).toBe('Mine');
  });

  test('our own save coming back over the stream is no conflict', async () => {
    const { saver, rename, runtime, kind } = openEditor();
    rename('Mine');
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(saver.notice(runtime.draft)).toBe('nothing');
    expect(kind()).toBe('saved');
  });
});
