import type { Edit } from '../lint/index.ts';
import { endOfRemarks, indentAt, isBroken, STEP, separatorBehind, withEmptiedLine } from './layout.ts';
import type { Span } from './part.ts';

/** The text of a new item, given the blanks that its lines begin with. */
export type Write = (indent: string) => string;

/** Puts an item behind the last of those between two brackets, laid out as they are. */
export function appended(source: string, brackets: Span, items: readonly Span[], write: Write): Edit[] {
  const last = items.at(-1);
  if (!last) return intoEmpty(source, brackets, write);
  const previous = items.at(-2)?.to ?? brackets.from + 1;
  const indent = indentAt(source, last.from);
  const behind = endOfRemarks(source, last.to);
  const breaks = isBroken(source.slice(previous, last.from)) ? `\n${indent}` : ' ';
  const item = `${breaks}${write(indent)}`;
  if (behind === last.to) return [{ from: behind, to: behind, insert: `,${item}` }];
  return [
    { from: last.to, to: last.to, insert: ',' },
    { from: behind, to: behind, insert: item },
  ];
}

/** Comments that stand between the brackets stay. */
function intoEmpty(source: string, { from, to }: Span, write: Write): Edit[] {
  const outer = indentAt(source, from);
  const indent = outer + STEP;
  const inner = source.slice(from + 1, to - 1);
  const end = from + 1 + inner.trimEnd().length;
  return [{ from: end, to: to - 1, insert: `\n${indent}${write(indent)}\n${outer}` }];
}

/** Takes out the item at `at`, with its separator and the line that it leaves empty. Comments stay. */
export function removed(source: string, brackets: Span, items: readonly Span[], at: number): Edit[] {
  const item = items[at];
  if (!item) return [];
  const before = items[at - 1];
  const own = separatorBehind(source, item.to);
  if (own) {
    // What stands between the two is a comment, or nothing.
    const isClose = source.slice(item.to, own.from).trim() === '';
    const spans = isClose ? [{ from: item.from, to: own.to }] : [item, own];
    return spans.map((span) => cut(source, span));
  }
  const separator = before && separatorBehind(source, before.to);
  if (separator) {
    const isClose = source.slice(separator.to, item.from).trim() === '';
    if (isClose) return [{ from: separator.from, to: item.to, insert: '' }];
    return [{ ...separator, insert: '' }, cut(source, item)];
  }
  const isBare = source.slice(brackets.from + 1, brackets.to - 1).trim().length === item.to - item.from;
  return [isBare ? { from: brackets.from + 1, to: brackets.to - 1, insert: '' } : cut(source, item)];
}

function cut(source: string, span: Span): Edit {
  const { from, to } = withEmptiedLine(source, span);
  if (from !== span.from) return { from, to, insert: '' };
  // One of the blanks around it goes as well.
  const blank = source.charAt(to) === ' ' ? 1 : 0;
  return { from, to: to + blank, insert: '' };
}

/** The text after edits that do not overlap. */
export function applied(source: string, edits: readonly Edit[]): string {
  let text = source;
  for (const { from, to, insert } of [...edits].sort((a, b) => b.from - a.from || b.to - a.to))
    text = text.slice(0, from) + insert + text.slice(to);
  return text;
}
