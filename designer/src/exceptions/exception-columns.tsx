import type { DeadLetterRow, InDoubtRow } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import { keyLine } from '../executions/business-keys.ts';
import { Keys } from '../executions/Keys.tsx';
import { exceptionTexts, executionTexts } from '../texts/index.ts';
import { type Column, ErrorCell, RelativeTime, StatusBadge } from '../ui/index.ts';

const t = exceptionTexts.columns;

type Row = DeadLetterRow | InDoubtRow;

interface Shown {
  showEnvironment: boolean;
  flowName: (flowId: string) => string;
}

/** What failed, whose order it is, where and why; those with `from` give way first on a narrow window. */
export function deadLetterColumns({ showReplay, ...shown }: Shown & { showReplay: boolean }): Column<DeadLetterRow>[] {
  return [
    { id: 'status', header: t.status, width: '152px', cell: ({ status }) => <StatusBadge status={status} plain /> },
    ...placeColumns<DeadLetterRow>(shown),
    {
      id: 'error',
      header: t.error,
      width: 'minmax(160px, 3fr)',
      cell: ({ error }) => <ErrorCell error={error} />,
    },
    { id: 'attempts', header: t.attempts, width: '72px', align: 'end', from: 1000, cell: ({ attempts }) => attempts },
    ...(showReplay
      ? [{ id: 'replay', header: t.replayedBy, width: '96px', cell: (row: DeadLetterRow) => <ReplayedBy row={row} /> }]
      : []),
    { id: 'failed', header: t.failed, width: '112px', cell: ({ failedAt }) => <RelativeTime iso={failedAt} /> },
  ];
}

/** Which call nobody knows the end of, oldest first. */
export function inDoubtColumns(shown: Shown): Column<InDoubtRow>[] {
  return [
    { id: 'status', header: t.status, width: '88px', cell: () => <StatusBadge status="in-doubt" plain /> },
    ...placeColumns<InDoubtRow>(shown),
    {
      id: 'remote',
      header: t.remote,
      width: 'minmax(96px, 1fr)',
      from: 900,
      cell: ({ remote }) => <span title={remote}>{remote ?? '–'}</span>,
    },
    {
      id: 'error',
      header: t.lastError,
      width: 'minmax(120px, 2fr)',
      from: 1000,
      cell: ({ error }) => error && <ErrorCell error={error} />,
    },
    { id: 'attempt', header: t.attempt, width: '64px', align: 'end', from: 900, cell: ({ attempt }) => attempt },
    { id: 'since', header: t.since, width: '112px', cell: ({ since }) => <RelativeTime iso={since} /> },
  ];
}

/** How a screen reader, and a test, names a dead letter's link. */
export const deadLetterName = (row: DeadLetterRow): string =>
  exceptionTexts.deadLetters.rowName(saidOf(row), row.flowId, row.error.message);

/** How a screen reader, and a test, names the link of a call in doubt. */
export const inDoubtName = (row: InDoubtRow): string =>
  exceptionTexts.inDoubt.rowName(saidOf(row), row.flowId, row.nodeName ?? row.nodeId);

const saidOf = (row: Row): string => keyLine(row.keys) || row.executionId;

function placeColumns<R extends Row>({ showEnvironment, flowName }: Shown): Column<R>[] {
  return [
    { id: 'keys', header: t.keys, width: 'minmax(120px, 1.4fr)', cell: ({ keys }) => <Keys keys={keys} /> },
    {
      id: 'flow',
      header: t.flow,
      width: 'minmax(120px, 1.2fr)',
      cell: ({ flowId, revision }) => (
        <>
          <span title={flowId}>{flowName(flowId)}</span>{' '}
          <span className="cd-dim">{executionTexts.revision(revision)}</span>
        </>
      ),
    },
    ...(showEnvironment ? [{ id: 'env', header: t.environment, width: '88px', cell: ({ env }: R) => env }] : []),
    {
      id: 'node',
      header: t.node,
      width: 'minmax(88px, 1fr)',
      from: 800,
      cell: ({ nodeId, nodeName }) => <span title={nodeId ?? ''}>{nodeName ?? nodeId ?? '–'}</span>,
    },
  ];
}

function ReplayedBy({ row: { replayedBy } }: { row: DeadLetterRow }) {
  if (!replayedBy) return null;
  return (
    <Link to="/executions/$executionId" params={{ executionId: replayedBy }} className="cd-link">
      {replayedBy.slice(0, 8)}
    </Link>
  );
}
