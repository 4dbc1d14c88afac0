import type { ExecutionRow } from '@crossdock/api-contract';
import { isUnfinished } from '../api/index.ts';
import { executionTexts, uiTexts } from '../texts/index.ts';
import { type Column, ErrorCell, formatDuration, RelativeTime, StatusBadge, useNow } from '../ui/index.ts';
import { keyLine } from './business-keys.ts';
import { Keys } from './Keys.tsx';

const t = executionTexts.list.columns;

/** The list's columns; those with `from` give way first on a narrow window. */
export function executionColumns({
  showEnvironment,
  flowName,
}: {
  showEnvironment: boolean;
  flowName: (flowId: string) => string;
}): Column<ExecutionRow>[] {
  return [
    { id: 'status', header: t.status, width: '112px', cell: ({ status }) => <StatusBadge status={status} plain /> },
    { id: 'keys', header: t.keys, width: 'minmax(120px, 1.4fr)', cell: (row) => <Keys keys={row.keys} /> },
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
    ...(showEnvironment
      ? [{ id: 'env', header: t.environment, width: '88px', cell: ({ env }: ExecutionRow) => env }]
      : []),
    { id: 'started', header: t.started, width: '112px', cell: ({ startedAt }) => <RelativeTime iso={startedAt} /> },
    { id: 'duration', header: t.duration, width: '88px', align: 'end', cell: (row) => <Duration row={row} /> },
    { id: 'attempts', header: t.attempts, width: '72px', align: 'end', from: 900, cell: ({ attempts }) => attempts },
    {
      id: 'error',
      header: t.error,
      width: 'minmax(120px, 2fr)',
      from: 800,
      cell: ({ error }) => error && <ErrorCell error={error} />,
    },
  ];
}

/** How a screen reader, and a test, names a row's link. */
export function executionName(row: ExecutionRow): string {
  return executionTexts.list.rowName(keyLine(row.keys) || row.executionId, row.flowId, uiTexts.status[row.status]);
}

/** How long it took, or has been going on. */
export function Duration({ row }: { row: Pick<ExecutionRow, 'status' | 'startedAt' | 'durationMs'> }) {
  if (row.durationMs !== null) return <>{formatDuration(row.durationMs)}</>;
  return isUnfinished(row.status) ? <RunningFor since={row.startedAt} /> : null;
}

function RunningFor({ since }: { since: string }) {
  const now = useNow();
  return (
    <span className="cd-dim">{formatDuration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000) * 1000))}</span>
  );
}
