import type { Run } from '../run.ts';
import { PIECE_LENGTH, PIECE_STEPS } from './text-work.ts';

/** Nothing to trim, and no run of white space inside that would become one space. */
const UNTRIMMED = /[\t\n\r]| {2}|^ | $/;

/** Without white space at both ends, and with one space for each run of it inside. */
export function trimmed(run: Run, text: string): string {
  if (text.length <= PIECE_LENGTH) return UNTRIMMED.test(text) ? withoutEnds(text.replace(/[ \t\n\r]+/g, ' ')) : text;
  let result = '';
  let parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (at % PIECE_LENGTH === 0) {
      run.spend(PIECE_STEPS);
      result += parts.join('');
      parts = [];
    }
    if (!isWhiteSpace(text.charCodeAt(at))) continue;
    const start = at;
    while (isWhiteSpace(text.charCodeAt(at + 1))) {
      at++;
      if (at % PIECE_LENGTH === 0) run.spend(PIECE_STEPS);
    }
    if (start === at && text.charCodeAt(at) === SPACE) continue;
    parts.push(text.slice(from, start), ' ');
    from = at + 1;
  }
  return withoutEnds(result + parts.join('') + text.slice(from));
}

const SPACE = 0x20;

const isWhiteSpace = (code: number): boolean => code === SPACE || code === 0x09 || code === 0x0a || code === 0x0d;

function withoutEnds(text: string): string {
  const start = text.startsWith(' ') ? 1 : 0;
  return text.slice(start, text.length > start && text.endsWith(' ') ? -1 : undefined);
}
