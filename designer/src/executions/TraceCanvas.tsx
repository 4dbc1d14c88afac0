import type { ExecutionDetail } from '@crossdock/api-contract';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { nodeTypesQuery, revisionQuery } from '../api/index.ts';
import { edgeCountsOf, overlayOf } from '../canvas/span-overlay.ts';
import { executionTexts } from '../texts/index.ts';
import { ErrorState, Skeleton } from '../ui/index.ts';
import classes from './TraceCanvas.module.css';

const FlowCanvas = lazy(async () => ({ default: (await import('../canvas/index.ts')).FlowCanvas }));
const t = executionTexts.canvas;

/** The revision that ran, with the execution laid over it: status, attempts and time on each node, messages on each edge. */
export function TraceCanvas({
  execution,
  selectedNodeId,
  onSelectNode,
}: {
  execution: ExecutionDetail;
  selectedNodeId: string | undefined;
  onSelectNode: (nodeId: string | undefined) => void;
}) {
  const revision = useQuery(revisionQuery(execution.flowId, execution.revision));
  const nodeTypes = useQuery(nodeTypesQuery);
  const manifests = useMemo(() => new Map((nodeTypes.data ?? []).map((each) => [each.type, each])), [nodeTypes.data]);
  const overlay = useMemo(() => overlayOf(execution.spans), [execution.spans]);
  const edgeCounts = useMemo(() => edgeCountsOf(execution.spans), [execution.spans]);
  const error = revision.error ?? nodeTypes.error;
  return (
    <section className={classes.pane} aria-label={t.label}>
      {error ? (
        <ErrorState
          title={t.missing}
          error={error}
          onRetry={() => void Promise.all([revision.refetch(), nodeTypes.refetch()])}
        />
      ) : revision.data && nodeTypes.data ? (
        <Suspense fallback={<Skeleton rows={4} />}>
          <FlowCanvas
            flow={revision.data}
            manifests={manifests}
            mode="view"
            overlay={overlay}
            edgeCounts={edgeCounts}
            selectedNodeId={selectedNodeId}
            onSelectNode={onSelectNode}
          />
        </Suspense>
      ) : (
        <Skeleton rows={4} />
      )}
    </section>
  );
}
