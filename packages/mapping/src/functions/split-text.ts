import type { Run } from '../run.ts';
import { indexOfText, PIECE_LENGTH } from './text-work.ts';

/** The parts of a text between separators, `limit` of them at most; as `String.prototype.split`, with a look at the deadline. */
export function splitByText(run: Run, text: string, separator: string, limit: number | undefined): string[] {
  if (text.length < PIECE_LENGTH) return text.split(separator, limit);
  const parts: string[] = [];
  const most = limit === undefined ? 2 ** 32 - 1 : limit >>> 0;
  if (separator === '') {
    run.checkSequence(Math.min(most, text.length));
    for (let at = 0; at < text.length && parts.length < most; at++) push(run, parts, text.charAt(at));
    return parts;
  }
  let from = 0;
  for (let at = 0; parts.length < most; from = at + separator.length) {
    at = indexOfText(run, text, separator, from);
    if (at === -1) break;
    push(run, parts, text.slice(from, at));
  }
  if (parts.length < most) push(run, parts, text.slice(from));
  return parts;
}

function push(run: Run, parts: string[], part: string): void {
  run.spend(1);
  run.checkSequence(parts.length + 1);
  parts.push(part);
}
