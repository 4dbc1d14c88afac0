import { Checkbox } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, type LinkProps, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import classes from './DataTable.module.css';

const ROW_PX = 32;
const NEAR_END_ROWS = 20;
const TAKES_KEYS = 'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
/** Grid track of the boxes to tick. */
const TICK = '16px';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  /** CSS grid track: `120px`, `minmax(0, 1fr)`. */
  width: string;
  align?: 'end';
  /** Left out below this width of the table, in px: columns by priority. */
  from?: number;
  cell: (row: Row) => ReactNode;
}

/** Rows that can be ticked, for what is done to many of them. */
export interface RowSelection<Row> {
  /** Names the box that ticks all listed rows. */
  allLabel: string;
  rowLabel: (row: Row) => string;
  state: 'all' | 'some' | 'none';
  has: (row: Row) => boolean;
  toggle: (row: Row) => void;
  toggleAll: () => void;
}

/**
 * A list of thousands of rows: sticky header, only visible rows drawn, j/k/enter/escape (and x to tick), and real links,
 * so that a middle click opens a tab. The link stretches over the row. It is the first column's cell; with a name of its own it stands empty
 * before that cell, for what can be seen in a link has to be in its name.
 */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowLink,
  rowName,
  onOpen,
  more,
  selection,
  rowPx = ROW_PX,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; without it rows are not links. */
  rowLink?: (row: Row) => LinkProps;
  /** Name of the row's link, when its first cell does not say it. */
  rowName?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** Further pages, asked for as the end comes into view. */
  more?: { hasMore: boolean; loading: boolean; load: () => void };
  selection?: RowSelection<Row>;
  rowPx?: number;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const navigate = useNavigate();
  const [activeKey, setActiveKey] = useState<string>();
  const shown = columns.filter(({ from }) => from === undefined || width === 0 || width >= from);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rowKey(rows[index]!),
    overscan: 10,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const wantsMore = more?.hasMore === true && !more.loading && lastShown >= rows.length - NEAR_END_ROWS;
  const load = more?.load;
  useEffect(() => {
    if (wantsMore) load?.();
  }, [wantsMore, load]);

  const activeIndex = rows.findIndex((row) => rowKey(row) === activeKey);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, activeIndex + by));
    const row = rows[next];
    if (!row) return;
    setActiveKey(rowKey(row));
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const opens = onOpen !== undefined || rowLink !== undefined;
  const open = (row: Row, click?: MouseEvent) => {
    if (onOpen) onOpen(row);
    else if (rowLink && click && (click.ctrlKey || click.metaKey || click.shiftKey)) followBeside(click);
    else if (rowLink) void navigate(rowLink(row) as never);
  };
  const openActive = () => {
    const row = rows[activeIndex];
    if (row) open(row);
  };
  const tickActive = () => {
    const row = rows[activeIndex];
    if (row) selection?.toggle(row);
  };
  const inTable =
    (act: () => void, takes: (event: KeyboardEvent) => boolean = isFree) =>
    (event: KeyboardEvent) => {
      if (takes(event)) act();
    };
  useHotkeys(
    [
      ['j', inTable(() => move(1)), { preventDefault: false }],
      ['k', inTable(() => move(-1)), { preventDefault: false }],
      ['x', inTable(tickActive), { preventDefault: false }],
      ['Enter', inTable(openActive, isFreeEnter), { preventDefault: false }],
      ['Escape', inTable(() => setActiveKey(undefined)), { preventDefault: false }],
    ],
    // A box that was ticked keeps the focus, and takes no letters.
    [],
  );

  const style = {
    '--columns': [...(selection ? [TICK] : []), ...shown.map(({ width: track }) => track)].join(' '),
    '--row': `${rowPx}px`,
  } as CSSProperties;
  return (
    <div className={classes.scroller} ref={scroller} style={style}>
      <table className={classes.table} aria-label={label} aria-rowcount={rows.length + 1}>
        <thead className={classes.head}>
          <tr className={classes.headRow} aria-rowindex={1}>
            {selection && (
              <th scope="col" className={classes.tick}>
                <Checkbox
                  size="xs"
                  aria-label={selection.allLabel}
                  checked={selection.state === 'all'}
                  indeterminate={selection.state === 'some'}
                  onChange={selection.toggleAll}
                />
              </th>
            )}
            {shown.map(({ id, header, align }) => (
              <th key={id} scope="col" className={classes.cell} data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]!;
            const key = rowKey(row);
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                className={classes.row}
                data-active={key === activeKey || undefined}
                data-opens={opens || undefined}
                data-ticked={selection?.has(row) || undefined}
                style={{ transform: `translateY(${start}px)` }}
                onClick={(event) => isOnRow(event) && open(row, event)}
                onAuxClick={(event) => isOnRow(event) && event.button === 1 && rowLink && followBeside(event)}
              >
                {selection && (
                  <td className={classes.tick}>
                    <Checkbox
                      size="xs"
                      aria-label={selection.rowLabel(row)}
                      checked={selection.has(row)}
                      onChange={() => selection.toggle(row)}
                    />
                  </td>
                )}
                {shown.map(({ id, align, cell }, at) => (
                  <td key={id} className={classes.cell} data-align={align}>
                    {at === 0 && rowLink && (
                      <Link
                        {...rowLink(row)}
                        className={classes.link}
                        {...(rowName ? { 'aria-label': rowName(row) } : {})}
                        onFocus={() => setActiveKey(key)}
                      >
                        {rowName ? null : cell(row)}
                      </Link>
                    )}
                    {at === 0 && rowLink && !rowName ? null : cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {more && (
        <div className={classes.foot} role="status">
          {more.loading ? uiTexts.loadingMore : more.hasMore ? '' : uiTexts.endOfList(rows.length)}
        </div>
      )}
    </div>
  );
}

/** A click on the row itself, or on what only tells something, such as a time: not on a control, nor while text is selected. */
function isOnRow({ target, currentTarget }: MouseEvent): boolean {
  const isControl = target instanceof Element && target.closest('a, button, input, label') !== null;
  // What is drawn elsewhere, such as a menu, bubbles through React's tree, too.
  return !isControl && currentTarget.contains(target as Node) && document.getSelection()?.isCollapsed !== false;
}

/** Opens the row's link in a tab of its own. */
function followBeside({ currentTarget }: MouseEvent): void {
  const { href } = currentTarget.querySelector('a') ?? {};
  if (href) window.open(href, '_blank', 'noopener');
}

/** A key that is not typed into something, nor meant for what lies over the page. */
function isFree({ target }: KeyboardEvent): boolean {
  return !(target instanceof Element) || target.closest(TAKES_KEYS) === null;
}

/** Nor does it press or follow what has the focus. */
function isFreeEnter(event: KeyboardEvent): boolean {
  return isFree(event) && !(event.target instanceof Element && event.target.closest('button, a') !== null);
}

/** Width of an element, followed as it changes. */
function useWidth(ref: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
