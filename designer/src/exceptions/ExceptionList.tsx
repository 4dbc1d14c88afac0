import { Button } from '@mantine/core';
import type { IconRepeat } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { FilteredList } from '../filters/index.ts';
import { exceptionTexts } from '../texts/index.ts';
import { type Column, DataTable } from '../ui/index.ts';
import { BulkBar } from './BulkBar.tsx';
import { useSelection } from './use-selection.ts';

const t = exceptionTexts;

interface Act {
  readonly icon: typeof IconRepeat;
  readonly all: string;
  readonly some: (count: number) => string;
  /** The ticked executions, or nothing for all that the filter finds. */
  readonly onStart: (executionIds: readonly string[] | undefined) => void;
}

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
  act: Act | undefined;
  narrowed: boolean;
  onClear: () => void;
  /** What is said when there is nothing at all; without an action of its own it leads to the executions. */
  none: { icon: typeof IconRepeat; title: string; detail: string; action?: ReactNode };
}) {
  return (
    <FilteredList
      query={query}
      skeletonRows={14}
      narrowed={narrowed}
      onClear={onClear}
      none={{
        action: (
          <Button variant="default" component={Link} to="/executions">
            {t.toExecutions}
          </Button>
        ),
        ...none,
      }}
    >
      {(rows, more) => <Rows {...{ label, columns, rowKey, rowName, act, rows, more }} />}
    </FilteredList>
  );
}

function Rows<Row extends { executionId: string }>({
  label,
  columns,
  rowKey,
  rowName,
  act,
  rows,
  more,
}: Pick<ComponentProps<typeof DataTable<Row>>, 'label' | 'columns' | 'rowKey' | 'rows' | 'more'> & {
  rowName: (row: Row) => string;
  act: Act | undefined;
}) {
  const ticked = useSelection(rows.map(({ executionId }) => executionId));
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
        more={more}
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
