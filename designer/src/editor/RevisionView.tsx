import type { FlowDraft } from '@crossdock/api-contract';
import type { Flow } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { revisionQuery, useMay, useSaveFlow } from '../api/index.ts';
import { FlowCanvas, type Manifests } from '../canvas/index.ts';
import { Inspector } from '../inspector/index.ts';
import { editorTexts } from '../texts/index.ts';
import { ErrorState, notifyDone, notifyError, PageBar, Skeleton } from '../ui/index.ts';
import { crumbsOf } from './crumbs.ts';
import { type Editor, EditorContext, useEditor } from './store/editor-context.tsx';
import { createEditorStore } from './store/editor-store.ts';

const texts = editorTexts.revisions;

/** One published revision, to be read with all its settings, or to be made the draft again. */
export function RevisionView(props: { draft: FlowDraft; revision: number; manifests: Manifests }) {
  const { draft, revision, manifests } = props;
  const navigate = useNavigate();
  const mayWrite = useMay('flows:write');
  const save = useSaveFlow(draft.flow.id);
  const query = useQuery(revisionQuery(draft.flow.id, revision));
  const backToDraft = () => navigate({ to: '/flows/$flowId', params: { flowId: draft.flow.id }, search: {} });
  const restore = async (flow: Flow) => {
    try {
      const { samples, tests, layout } = draft.flow;
      await save.mutateAsync({
        flow: {
          ...flow,
          ...(samples ? { samples } : {}),
          ...(tests ? { tests } : {}),
          ...((flow.layout ?? layout) ? { layout: flow.layout ?? layout } : {}),
        } as Flow,
        etag: draft.etag,
      });
      notifyDone(texts.restored(revision));
      await backToDraft();
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <>
      <PageBar title={draft.flow.name} crumbs={crumbsOf(draft.flow.name)}>
        <span className="cd-save">
          <IconHistory size={14} stroke={1.75} aria-hidden /> {texts.shown(revision)}
        </span>
        <Button
          variant="default"
          disabled={!mayWrite || !query.data}
          loading={save.isPending}
          onClick={() => query.data && void restore(query.data)}
        >
          {texts.restore}
        </Button>
        <Button leftSection={<IconArrowLeft size={16} stroke={1.5} />} onClick={() => void backToDraft()}>
          {texts.backToDraft}
        </Button>
      </PageBar>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Reader draft={{ ...draft, flow: query.data }} manifests={manifests} />
      ) : (
        <Skeleton rows={8} />
      )}
    </>
  );
}

function Reader({ draft, manifests }: { draft: FlowDraft; manifests: Manifests }) {
  const [editor] = useState((): Editor => {
    const store = createEditorStore(draft, manifests, { readOnly: true });
    return { store, saver: NO_SAVER, issues: [] };
  });
  return (
    <EditorContext value={editor}>
      <div className="cd-editor">
        <div className="cd-editor-canvas">
          <ReaderCanvas />
        </div>
        <Inspector runControl={null} />
      </div>
    </EditorContext>
  );
}

function ReaderCanvas() {
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const selected = useEditor((state) => state.selection.nodeIds[0]);
  const select = useEditor((state) => state.select);
  return (
    <FlowCanvas
      flow={flow}
      manifests={manifests}
      mode="view"
      selectedNodeId={selected}
      onSelectNode={(nodeId) => select({ nodeIds: nodeId ? [nodeId] : [], edgeIds: [] })}
    />
  );
}

/** A revision never changes, so there is nothing to save. */
const NO_SAVER: Editor['saver'] = {
  flush: async () => true,
  notice: () => 'nothing',
  settle: async () => true,
  stop: () => undefined,
};
