import { useQuery } from '@tanstack/react-query';
import { ApiError, payloadQuery } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { ErrorState, JsonTree, Skeleton, type TreeView } from '../ui/index.ts';

/** One recorded payload, in all its states. */
export function Payload({
  executionId,
  payloadRef,
  name,
  view,
  onViewChange,
}: {
  executionId: string;
  payloadRef: string;
  name: string;
  view?: TreeView | undefined;
  onViewChange?: (view: TreeView) => void;
}) {
  const { data, error, isPending, refetch } = useQuery(payloadQuery(executionId, payloadRef));
  if (isPending) return <Skeleton rows={6} />;
  if (error)
    return (
      <ErrorState
        error={error}
        {...(error instanceof ApiError && error.status === 404 ? { title: executionTexts.payloads.unavailable } : {})}
        onRetry={() => void refetch()}
      />
    );
  return <JsonTree value={data} name={name} {...(onViewChange ? { view: view ?? 'tree', onViewChange } : {})} />;
}
