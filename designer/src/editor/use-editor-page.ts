import type { FlowDraft } from '@crossdock/api-contract';
import { type Flow, type Issue, validateFlow } from '@crossdock/flow-model';
import { checkMapping, mappingFaults } from '@crossdock/mapping';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { ApiError, flowQuery, keys, request } from '../api/index.ts';
import type { Manifests } from '../canvas/index.ts';
import { editorTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import type { Editor } from './store/editor-context.tsx';
import { createEditorStore, type EditorStore } from './store/editor-store.ts';
import { mergeIssues } from './store/issues.ts';
import { type Saver, startSaver } from './store/saver.ts';

const NO_ISSUES: readonly Issue[] = [];

/** Opens an editor on a draft: its state, its saving, and the issues of what is on the screen. */
export function useEditorPage(draft: FlowDraft, manifests: Manifests, readOnly: boolean): Editor | undefined {
  const [store] = useState(() => createEditorStore(draft, manifests, { readOnly }));
  const saver = useSaver(store);
  const issues = useIssues(store, manifests);
  useOthersSaves(store, saver, draft);
  useLeaveGuard(store, saver);
  return useMemo(() => saver && { store, saver, issues }, [store, saver, issues]);
}

function useSaver(store: EditorStore): Saver | undefined {
  const client = useQueryClient();
  const [saver, setSaver] = useState<Saver>();
  useEffect(() => {
    const flowId = store.getState().flow.id;
    const started = startSaver(store, {
      async save(flow, etag) {
        const saved = await request('saveFlow', { params: { flowId }, body: flow, etag });
        client.setQueryData(keys.flow(flowId), saved);
        void client.invalidateQueries({ queryKey: keys.flows, exact: true });
        return saved;
      },
      load: () => client.fetchQuery({ ...flowQuery(flowId), staleTime: 0 }),
      classify,
    });
    setSaver(started);
    const online = () => void started.flush();
    addEventListener('online', online);
    return () => {
      removeEventListener('online', online);
      // Leaving the page saves what is not saved yet; the request outlives the page's components.
      void started.flush().finally(started.stop);
    };
  }, [store, client]);
  return saver;
}

function classify(error: unknown): 'stale' | 'offline' | 'refused' {
  if (!(error instanceof ApiError)) return 'refused';
  if (error.status === 412) return 'stale';
  return error.status === 0 || error.status >= 500 ? 'offline' : 'refused';
}

/** The browser's issues at once, and those that only the runtime can find once the draft is saved. */
function useIssues(store: EditorStore, manifests: Manifests): readonly Issue[] {
  const flow = useDeferredValue(useStore(store, (state) => state.flow));
  const etag = useStore(store, (state) => state.etag);
  const local = useMemo(() => validateFlow(flow, { manifests, checkMapping, mappingFaults }), [flow, manifests]);
  const remote = useRemoteIssues(flow, etag);
  return useMemo(() => mergeIssues(local, remote), [local, remote]);
}

function useRemoteIssues(flow: Flow, etag: string): readonly Issue[] {
  const { data } = useQuery({
    queryKey: [...keys.flowIssues(flow.id), etag],
    queryFn: async ({ signal }) =>
      (await request('validateFlow', { params: { flowId: flow.id }, signal })).issues as Issue[],
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NO_ISSUES;
}

/** The stream refreshes the cached draft when anyone saves; a newer one than ours is someone else's. */
function useOthersSaves(store: EditorStore, saver: Saver | undefined, draft: FlowDraft): void {
  useEffect(() => {
    if (saver?.notice(draft) === 'taken') notifyDone(editorTexts.save.taken(draft.updatedBy));
  }, [saver, draft]);
  useEffect(() => {
    if (draft.etag === store.getState().etag) store.setState({ file: draft.file });
  }, [store, draft]);
}

/** Closing the browser with something unsaved asks first, and saves meanwhile. */
function useLeaveGuard(store: EditorStore, saver: Saver | undefined): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => {
      const { flow, savedFlow } = store.getState();
      if (flow === savedFlow) return;
      event.preventDefault();
      void saver?.flush();
    };
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [store, saver]);
}
