import { Button } from '@mantine/core';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, payloadQuery, useMay } from '../api/index.ts';
import { executionTexts } from '../texts/index.ts';
import { ErrorState, holdsMasked, JsonTree, Skeleton, type TreeView } from '../ui/index.ts';
import classes from './Payload.module.css';
import { RevealDialog } from './RevealDialog.tsx';

const t = executionTexts.payloads;

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
        {...(error instanceof ApiError && error.status === 404 ? { title: t.unavailable } : {})}
        onRetry={() => void refetch()}
      />
    );
  return (
    <ShownPayload
      key={`${executionId} ${payloadRef}`}
      masked={data}
      {...{ executionId, payloadRef, name, view, onViewChange }}
    />
  );
}

/** Revealed values live in this view alone: another step, another page or hiding them ends it. */
function ShownPayload({
  masked,
  executionId,
  payloadRef,
  name,
  view,
  onViewChange,
}: {
  masked: unknown;
  executionId: string;
  payloadRef: string;
  name: string;
  view: TreeView | undefined;
  onViewChange: ((view: TreeView) => void) | undefined;
}) {
  const mayReveal = useMay('payloads:reveal');
  const [clear, setClear] = useState<{ value: unknown }>();
  const [isAsking, setAsking] = useState(false);
  const tree = (
    <JsonTree
      value={clear ? clear.value : masked}
      name={name}
      {...(onViewChange ? { view: view ?? 'tree', onViewChange } : {})}
    />
  );
  if (!mayReveal || !holdsMasked(masked)) return tree;
  return (
    <div className={classes.shown} data-revealed={clear ? true : undefined}>
      <div className={classes.note} role="status">
        {clear ? <IconEye size={14} aria-hidden /> : <IconLock size={14} aria-hidden />}
        <span>{clear ? t.revealed : t.masked}</span>
        <Button size="compact-xs" variant="default" onClick={() => (clear ? setClear(undefined) : setAsking(true))}>
          {clear ? t.hide : t.reveal}
        </Button>
      </div>
      {tree}
      {isAsking && (
        <RevealDialog {...{ executionId, payloadRef, name }} onRevealed={setClear} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}
