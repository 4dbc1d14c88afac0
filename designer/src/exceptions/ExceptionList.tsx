import { Button } from '@mantine/core';
import { IconFilterOff, type IconRepeat } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { exceptionTexts, filterTexts } from '../texts/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, Skeleton } from '../ui/index.ts';
import { BulkBar } from './BulkBar.tsx';
import { useSelection } from './use-selection.ts';

const t = exceptionTexts;

/** A list of exceptions in all its states; each row leads to its execution, and many can be acted on at once. */
export function ExceptionList<Row extends { executionId: string }>({
  label,
  query,
  columns,
  rowKey,
  rowName,
  act,
  narrowed,
  onClear,
  none,
}: {
  label: string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[]; nextCursor: string | null }>>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  rowName: (row: Row) => string;
  /** What can be done to many; without it the role allows nothing. */
  act:
    | {
        icon: typeof IconRepeat;
        all: string;
        some: (count: number) => string;
        /** The ticked executions, or nothing for all that the filter finds. */
        onStart: (executionIds: readonly string[] | undefined) => void;
      }
    | undefined;
  narrowed: boolean;
  onClear: () => void;
  /** What is said when there is nothing at all; without an action of its own it leads to the executions. */
  none: { icon: typeof IconRepeat; title: string; detail: string; action?: ReactNode };
}) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const ticked = useSelection(rows.map(({ executionId }) => executionId));

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton rows={14} />;
  if (rows.length === 0 && narrowed)
    return (
      <EmptyState
        icon={IconFilterOff}
        title={filterTexts.noMatchTitle}
        detail={filterTexts.noMatchDetail}
        action={<Button onClick={onClear}>{filterTexts.clear}</Button>}
      />
    );
  if (rows.length === 0)
    return (
      <EmptyState
        action={
          <Button variant="default" component={Link} to="/executions">
            {t.toExecutions}
          </Button>
        }
        {...none}
      />
    );
  return (
    <>
      {act && <BulkBar ticked={ticked} {...act} />}
      <DataTable<Row>
        label={label}
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        rowName={rowName}
        rowLink={(row) => ({ to: '/executions/$executionId', params: { executionId: row.executionId } })}
        more={{ hasMore: hasNextPage, loading: isFetchingNextPage, load: () => void fetchNextPage() }}
        {...(act
          ? {
              selection: {
                allLabel: t.selection.tickAll,
                rowLabel: (row) => t.selection.tick(rowName(row)),
                state: ticked.state,
                has: ({ executionId }) => ticked.has(executionId),
                toggle: ({ executionId }) => ticked.toggle(executionId),
                toggleAll: ticked.toggleAll,
              },
            }
          : {})}
      />
    </>
  );
}
