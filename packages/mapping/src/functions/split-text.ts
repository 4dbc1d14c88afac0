import type { Run } from '../run.ts';
import { LongList } from './long-list.ts';
import { indexOfText, PIECE_LENGTH } from './text-work.ts';

/** The parts of a text between separators, `limit` of them at most; as `String.prototype.split`, with a look at the deadline. */
export function splitByText(run: Run, text: string, separator: string, limit: number | undefined): string[] {
  if (text.length < PIECE_LENGTH) return text.split(separator, limit);
  const parts = new LongList<string>(run);
  const most = limit === undefined ? 2 ** 32 - 1 : limit >>> 0;
  if (separator === '') {
    run.checkSequence(Math.min(most, text.length));
    for (let at = 0; at < text.length && parts.length < most; at++) parts.push(text.charAt(at));
    return parts.whole();
  }
  let from = 0;
  for (let at = 0; parts.length < most; from = at + separator.length) {
    at = indexOfText(run, text, separator, from);
    if (at === -1) break;
    parts.push(text.slice(from, at));
  }
  if (parts.length < most) parts.push(text.slice(from));
  return parts.whole();
}
