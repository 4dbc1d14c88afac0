import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import classes from './JsonTree.module.css';
import { copyPath, copyValue, JsonTreeRow } from './JsonTreeRow.tsx';
import { type JsonRow, type PathStep, pathId } from './json-rows.ts';

const ROW_PX = 22;

/** The tree's lines, drawn only where they show. Arrows move and fold, `c` copies the value, `p` its path. */
export function JsonTreeRows({
  rows,
  label,
  hit,
  onToggle,
}: {
  rows: readonly JsonRow[];
  label: string;
  hit: readonly PathStep[] | undefined;
  onToggle: (id: string) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [selectedId, setSelectedId] = useState('[]');
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]!.id,
    overscan: 12,
  });
  const hitId = hit && pathId(hit);
  const hitIndex = rows.findIndex(({ id }) => id === hitId);
  useEffect(() => {
    if (hitIndex >= 0) virtual.scrollToIndex(hitIndex, { align: 'center' });
  }, [hitIndex, virtual]);

  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setSelectedId(row.id);
    virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Math.max(
      0,
      rows.findIndex(({ id }) => id === selectedId),
    );
    const row = rows[index];
    if (!row) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => select(index + 1),
      ArrowUp: () => select(index - 1),
      Home: () => select(0),
      End: () => select(rows.length - 1),
      PageDown: () => select(index + 20),
      PageUp: () => select(index - 20),
      ArrowRight: () => (row.count > 0 && !row.open ? onToggle(row.id) : select(index + 1)),
      ArrowLeft: () => (row.open ? onToggle(row.id) : select(rows.findIndex(({ id }) => id === row.parentId))),
      Enter: () => row.count > 0 && onToggle(row.id),
      ' ': () => row.count > 0 && onToggle(row.id),
      c: () => void copyValue(row),
      p: () => void copyPath(row),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  const onClick = (event: MouseEvent) => {
    const line = (event.target as Element).closest('[data-index]');
    const row = rows[Number(line?.getAttribute('data-index') ?? -1)];
    if (!row) return;
    setSelectedId(row.id);
    if (row.count > 0) onToggle(row.id);
  };

  return (
    <div
      ref={scroller}
      className={classes.rows}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${label}${selectedId}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className={classes.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <JsonTreeRow
              key={row.id}
              ref={virtual.measureElement}
              id={`${label}${row.id}`}
              index={item.index}
              top={item.start}
              row={row}
              selected={row.id === selectedId}
              hit={row.id === hitId}
            />
          );
        })}
      </div>
    </div>
  );
}
