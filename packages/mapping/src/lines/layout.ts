import { tokenAt } from '../syntax/index.ts';
import type { Span } from './part.ts';

/** How deep new lines are set in, further than those around them. */
export const STEP = '  ';

/** Blanks at the beginning of the line that `at` stands on. */
export function indentAt(source: string, at: number): string {
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(source.slice(lineStart, at))?.[0] ?? '';
}

/** Where the separator stands that follows a value, if one does. */
export function separatorBehind(source: string, at: number): Span | undefined {
  const { kind, text, from, to } = tokenAt(source, at, false);
  return kind === 'operator' && text === ',' ? { from, to } : undefined;
}

/** Behind the blanks and comments that end the line of what ends at `at`: what is said of it stays with it. */
export function endOfRemarks(source: string, at: number): number {
  let end = at;
  for (const remark = /[ \t]*\/\*(?:(?!\*\/)[^\n])*\*\//y; ; ) {
    remark.lastIndex = end;
    if (!remark.test(source)) return end;
    end = remark.lastIndex;
  }
}

/** The span with the line that it would leave empty. */
export function withEmptiedLine(source: string, { from, to }: Span): Span {
  const lineStart = source.lastIndexOf('\n', from - 1) + 1;
  const nextBreak = source.indexOf('\n', to);
  const lineEnd = nextBreak < 0 ? source.length : nextBreak;
  const isAlone = source.slice(lineStart, from).trim() === '' && source.slice(to, lineEnd).trim() === '';
  if (!isAlone || lineStart === 0) return { from, to };
  return { from: lineStart - 1, to: lineEnd };
}

export const isBroken = (text: string): boolean => text.includes('\n');
