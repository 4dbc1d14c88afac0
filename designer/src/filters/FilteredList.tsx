import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ComponentProps, type ReactNode, useMemo } from 'react';
import { filterTexts } from '../texts/index.ts';
import { type DataTable, EmptyState, ErrorState, Skeleton } from '../ui/index.ts';

/** A list that is read page by page, in all its states: refused, being read, nothing that matches, nothing at all, rows. */
export function FilteredList<Row>({
  query,
  skeletonRows,
  narrowed,
  onClear,
  noMatch,
  otherwise,
  none,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: readonly Row[]; nextCursor: string | null }>>;
  /** About as many as fit. */
  skeletonRows: number;
  /** Whether filters are set; then an empty list says so, and `onClear` takes them away. */
  narrowed: boolean;
  onClear: () => void;
  /** Why nothing may match, where that is known better than that filters are set. */
  noMatch?: string | undefined;
  /** What else can be done where nothing matches. */
  otherwise?: ReactNode;
  /** What is said where there is nothing at all. */
  none: ComponentProps<typeof EmptyState>;
  /** Shows the rows; `more` is for a `DataTable`. */
  children: (rows: Row[], more: NonNullable<ComponentProps<typeof DataTable>['more']>) => ReactNode;
}) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton rows={skeletonRows} />;
  if (rows.length > 0)
    return children(rows, { hasMore: hasNextPage, loading: isFetchingNextPage, load: () => void fetchNextPage() });
  if (!narrowed) return <EmptyState {...none} />;
  return (
    <EmptyState
      icon={IconFilterOff}
      title={filterTexts.noMatchTitle}
      detail={noMatch ?? filterTexts.noMatchDetail}
      action={
        <>
          <Button onClick={onClear}>{filterTexts.clear}</Button>
          {otherwise}
        </>
      }
    />
  );
}
