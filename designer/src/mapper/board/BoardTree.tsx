import { IconChevronRight } from '@tabler/icons-react';
import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import classes from './board.module.css';
import type { BoardRow } from './board-rows.ts';

export const ROW_PX = 26;

export interface BoardTreeHandle {
  focus(): void;
  /** Goes to the next line, as after this one is done with. */
  next(): void;
}

export interface RowLook {
  /** Drawn behind the name. */
  readonly content: ReactNode;
  /** Its name for who does not see it: begins with what is drawn, in that order. */
  readonly label: string;
  readonly state?: string;
  readonly title?: string;
}

/**
 * One column of the mapper: a tree of lines of one height. Arrows move and fold, Enter acts on a line, Delete takes it away. A click acts as well;
 * lines can be dragged from one column to the other.
 */
export function BoardTree<Node>(props: {
  ref?: Ref<BoardTreeHandle>;
  label: string;
  rows: readonly BoardRow<Node>[];
  lookOf: (row: BoardRow<Node>) => RowLook;
  marked: ReadonlySet<string>;
  picked?: string | undefined;
  onToggle: (id: string) => void;
  onScroll: (top: number) => void;
  onHover: (id: string | undefined) => void;
  onAct: (row: BoardRow<Node>) => void;
  onRemove?: (row: BoardRow<Node>) => void;
  onRename?: (row: BoardRow<Node>) => void;
  onEscape: () => void;
  drag?: { begin(event: DragEvent, row: BoardRow<Node>): void; end(): void };
  drop?: { accepts(event: DragEvent): boolean; take(event: DragEvent, row: BoardRow<Node>): void };
  empty: ReactNode;
}) {
  const { rows, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [currentId, setCurrentId] = useState<string>();
  const [overId, setOverId] = useState<string>();
  const lastAt = useRef(0);
  const found = rows.findIndex(({ id }) => id === currentId);
  // What was renamed or removed leaves the focus where it was.
  const at = found < 0 ? Math.min(lastAt.current, Math.max(0, rows.length - 1)) : found;
  const current = rows[at];
  useEffect(() => {
    lastAt.current = at;
  }, [at]);

  const goTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) setCurrentId(row.id);
  };
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus(), next: () => goTo(at + 1) }));

  const shownId = current?.id;
  useEffect(() => {
    const box = scroller.current;
    if (!box || shownId === undefined || document.activeElement !== box) return;
    const top = at * ROW_PX;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_PX - box.clientHeight;
  }, [shownId, at]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    const { id, isOpen, hasChildren, parentId } = current;
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (hasChildren && !isOpen ? props.onToggle(id) : goTo(at + 1)),
      ArrowLeft: () => (hasChildren && isOpen ? props.onToggle(id) : setCurrentId(parentId ?? id)),
      Enter: () => props.onAct(current),
      ' ': () => props.onAct(current),
      Delete: () => props.onRemove?.(current),
      Backspace: () => props.onRemove?.(current),
      F2: () => props.onRename?.(current),
      Escape: props.onEscape,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  if (rows.length === 0) return <div className={classes.empty}>{props.empty}</div>;
  return (
    <div
      ref={scroller}
      className={classes.rows}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={current ? domId(label, current.id) : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}
      onMouseLeave={() => props.onHover(undefined)}
    >
      {rows.map((row) => {
        const look = props.lookOf(row);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its lines
          // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, as aria-activedescendant says
          <div
            key={row.id}
            id={domId(label, row.id)}
            className={classes.row}
            role="treeitem"
            aria-label={look.label}
            aria-level={row.depth + 1}
            aria-expanded={row.hasChildren ? row.isOpen : undefined}
            aria-selected={row === current}
            data-state={look.state}
            data-marked={props.marked.has(row.id) || undefined}
            data-picked={row.id === props.picked || undefined}
            data-over={row.id === overId || undefined}
            style={{ paddingLeft: 4 + row.depth * 14 }}
            title={look.title}
            draggable={props.drag !== undefined}
            onDragStart={(event) => props.drag?.begin(event, row)}
            onDragEnd={() => props.drag?.end()}
            onDragOver={(event) => {
              if (!props.drop?.accepts(event)) return;
              event.preventDefault();
              if (overId !== row.id) setOverId(row.id);
            }}
            onDragLeave={() => setOverId((id) => (id === row.id ? undefined : id))}
            onDrop={(event) => {
              event.preventDefault();
              setOverId(undefined);
              props.drop?.take(event, row);
            }}
            onMouseEnter={() => props.onHover(row.id)}
            onClick={() => {
              setCurrentId(row.id);
              props.onAct(row);
            }}
          >
            <button
              type="button"
              className={classes.twist}
              tabIndex={-1}
              aria-hidden
              data-open={row.isOpen || undefined}
              data-leaf={!row.hasChildren || undefined}
              onClick={(event) => {
                event.stopPropagation();
                if (row.hasChildren) props.onToggle(row.id);
              }}
            >
              <IconChevronRight size={12} stroke={2} />
            </button>
            {look.content}
          </div>
        );
      })}
    </div>
  );
}

/** Names of fields may hold what an id must not. */
const domId = (label: string, id: string): string => encodeURIComponent(`${label} ${id}`);
