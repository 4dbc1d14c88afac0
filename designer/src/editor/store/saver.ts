import type { FlowDraft } from '@crossdock/api-contract';
import type { Flow } from '@crossdock/flow-model';
import { type EditorStore, savedFields } from './editor-store.ts';

/** What saving needs of the outside. */
export interface SaverPorts {
  /** Saves over the state with this etag. */
  save(flow: Flow, etag: string): Promise<FlowDraft>;
  /** The newest draft, to compare with after a conflict. */
  load(): Promise<FlowDraft>;
  /** What a failure of `save` means. */
  classify(error: unknown): 'stale' | 'offline' | 'refused';
}

export interface Saver {
  /** Saves now what is not saved; true when everything is saved. */
  flush(): Promise<boolean>;
  /** The runtime holds this draft now; whoever saved it. True when it was someone else and nothing of ours is lost by it. */
  notice(draft: FlowDraft): 'nothing' | 'taken' | 'conflict';
  /** Ends a conflict: goes on with this flow in place of what someone else saved, and saves it. Undo brings back what was here. */
  settle(flow: Flow): Promise<boolean>;
  /** Ends saving; what is not saved stays so. */
  stop(): void;
}

export const SAVE_AFTER_MS = 800;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

/** Saves the draft by itself shortly after each change, and says in the store how that went. */
export function startSaver(store: EditorStore, ports: SaverPorts): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let noticed: FlowDraft | undefined;
  let stopped = false;

  const isDirty = () => store.getState().flow !== store.getState().savedFlow;
  const schedule = (afterMs: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void flush(), afterMs);
  };

  const unsubscribe = store.subscribe((state, before) => {
    if (state.flow === before.flow || state.save.kind === 'conflict') return;
    if (!isDirty()) {
      clearTimeout(timer);
      if (state.save.kind !== 'saving') store.setState({ save: { kind: 'saved' } });
      return;
    }
    if (state.save.kind !== 'saving') store.setState({ save: { kind: 'unsaved' } });
    schedule(SAVE_AFTER_MS);
  });

  async function saveOnce(): Promise<boolean> {
    const { flow, etag } = store.getState();
    store.setState({ save: { kind: 'saving' } });
    try {
      const draft = await ports.save(flow, etag);
      retryMs = FIRST_RETRY_MS;
      // The answer's flow equals what was sent; keeping our object keeps `dirty` a comparison of identities.
      store.setState({
        ...savedFields(draft),
        savedFlow: flow,
        save: { kind: isDirty() && store.getState().flow !== flow ? 'unsaved' : 'saved' },
      });
      const other = noticed;
      noticed = undefined;
      if (other && other.etag !== draft.etag && other.updatedAt > draft.updatedAt) notice(other);
      return true;
    } catch (error) {
      await failed(error);
      return false;
    }
  }

  async function failed(error: unknown): Promise<void> {
    noticed = undefined;
    const meaning = ports.classify(error);
    if (meaning === 'refused') return store.setState({ save: { kind: 'refused', error } });
    if (meaning === 'stale') {
      try {
        return store.setState({ save: { kind: 'conflict', theirs: await ports.load() } });
      } catch (cause) {
        if (ports.classify(cause) === 'refused') return store.setState({ save: { kind: 'refused', error: cause } });
      }
    }
    store.setState({ save: { kind: 'offline' } });
    schedule(retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    while (running) await running;
    if (!isDirty()) return store.getState().save.kind !== 'conflict';
    if (stopped || store.getState().save.kind === 'conflict') return false;
    running = saveOnce().finally(() => {
      running = undefined;
    });
    const saved = await running;
    return saved && isDirty() && store.getState().save.kind === 'unsaved' ? flush() : saved;
  }

  function notice(draft: FlowDraft): 'nothing' | 'taken' | 'conflict' {
    const { etag, updatedAt, save } = store.getState();
    if (draft.etag === etag || draft.updatedAt < updatedAt || save.kind === 'conflict') return 'nothing';
    if (running) {
      noticed = draft;
      return 'nothing';
    }
    if (isDirty()) {
      clearTimeout(timer);
      store.setState({ save: { kind: 'conflict', theirs: draft } });
      return 'conflict';
    }
    store.getState().takeOver(draft);
    return 'taken';
  }

  return {
    flush,
    notice,
    settle(flow) {
      const { save, goOnFrom } = store.getState();
      if (save.kind === 'conflict') goOnFrom(save.theirs, flow);
      return flush();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
