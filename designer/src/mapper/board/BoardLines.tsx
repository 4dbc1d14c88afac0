import type { SourcePath, TargetNode } from '@crossdock/mapping';
import { ROW_PX } from './BoardTree.tsx';
import classes from './board.module.css';
import { rowId, rowIndexOf } from './board-rows.ts';

/** A line from a source value to what is made of it. */
export interface BoardLine {
  readonly from: SourcePath;
  readonly to: TargetNode['address'];
  /** `loop` goes from a list to what is made once for each of its elements. */
  readonly look: 'copied' | 'computed' | 'loop';
}

interface Column {
  readonly ids: ReadonlyMap<string, number>;
  readonly scrolled: number;
}

/** The lines between the two columns; what is scrolled away ends at the edge, what is folded at the line around it. */
export function BoardLines(props: {
  lines: readonly BoardLine[];
  source: Column;
  target: Column;
  width: number;
  height: number;
  isLit: (line: BoardLine) => boolean;
  isQuiet: boolean;
}) {
  const { source, target, width, height } = props;
  const drawn = props.lines.flatMap((line) => {
    const start = placeOf(source, line.from, height);
    const end = placeOf(target, line.to, height);
    return start && end && !(start.isOutside && end.isOutside) ? [{ line, start, end }] : [];
  });
  return (
    <svg className={classes.lines} width={width} height={height} aria-hidden data-quiet={props.isQuiet || undefined}>
      {drawn.map(({ line, start, end }) => (
        <path
          key={`${rowId(line.from)} ${rowId(line.to)}`}
          className={classes.line}
          data-look={line.look}
          data-lit={props.isLit(line) || undefined}
          data-outside={start.isOutside || end.isOutside || undefined}
          d={`M 0 ${start.y} C ${width / 2} ${start.y}, ${width / 2} ${end.y}, ${width} ${end.y}`}
        />
      ))}
    </svg>
  );
}

function placeOf({ ids, scrolled }: Column, steps: readonly (string | number)[], height: number) {
  const index = rowIndexOf(ids, steps);
  if (index === undefined) return undefined;
  const y = index * ROW_PX - scrolled + ROW_PX / 2;
  return { y: Math.max(0, Math.min(height, y)), isOutside: y < 0 || y > height };
}
