import type { FlowDraft } from '@crossdock/api-contract';
import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFlow, useMay, useNodeTypes } from '../api/index.ts';
import type { Manifests } from '../canvas/index.ts';
import { ErrorState, PageBar, Skeleton } from '../ui/index.ts';
import { crumbsOf } from './crumbs.ts';
import { EditorBar } from './EditorBar.tsx';
import { EditorBody } from './EditorBody.tsx';
import './editor.css';
import { RevisionView } from './RevisionView.tsx';
import { EditorContext } from './store/editor-context.tsx';
import { useAddress } from './use-address.ts';
import { useEditorPage } from './use-editor-page.ts';

/** The page `/flows/<id>`: the draft on its canvas, or one revision to be read. */
export function FlowEditorPage() {
  const { flowId = '' } = useParams({ strict: false });
  const { revision } = useSearch({ strict: false });
  const draft = useFlow(flowId);
  const nodeTypes = useNodeTypes();
  const manifests = useMemo(
    () => new Map((nodeTypes.data ?? []).map((manifest) => [manifest.type, manifest])),
    [nodeTypes.data],
  );
  const error = draft.data ? nodeTypes.error : (draft.error ?? nodeTypes.error);
  if (error)
    return (
      <>
        <PageBar title={flowId} crumbs={crumbsOf(flowId)} />
        <ErrorState error={error} onRetry={() => void Promise.all([draft.refetch(), nodeTypes.refetch()])} />
      </>
    );
  if (!draft.data || !nodeTypes.data) return <Skeleton rows={8} />;
  if (revision !== undefined)
    return <RevisionView key={`${flowId} ${revision}`} draft={draft.data} revision={revision} manifests={manifests} />;
  return <OpenEditor key={flowId} draft={draft.data} manifests={manifests} />;
}

function OpenEditor({ draft, manifests }: { draft: FlowDraft; manifests: Manifests }) {
  const mayWrite = useMay('flows:write');
  const editor = useEditorPage(draft, manifests, !mayWrite);
  if (!editor) return <Skeleton rows={8} />;
  return (
    <EditorContext value={editor}>
      <Addressed />
      <EditorBar />
      <EditorBody />
    </EditorContext>
  );
}

function Addressed() {
  useAddress();
  return null;
}
