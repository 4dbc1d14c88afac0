import { asSequence } from '../run/sequence.ts';
import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { LongList } from './long-list.ts';
import { firstMatch, type Match, matchAfter } from './matching.ts';
import { replacementOf } from './replacement.ts';
import { splitByText } from './split-text.ts';
import { TextParts } from './text-parts.ts';
import { indexOfText, walk } from './text-work.ts';

/** Functions that look for a text or a regular expression in a string. */
export const patternFunctions: readonly NativeFunction[] = [
  { name: 'match', signature: '<s-f<s:o>n?:a<o>>', params: ['str', 'regex', 'limit'], call: match },
  { name: 'contains', signature: '<s-(sf):b>', params: ['str', 'token'], call: contains },
  {
    name: 'replace',
    signature: '<s-(sf)(sf)n?:s>',
    params: ['str', 'pattern', 'replacement', 'limit'],
    call: replace,
  },
  { name: 'split', signature: '<s-(sf)n?:a<s>>', params: ['str', 'separator', 'limit'], call: split },
];

const NO_LIMIT = Number.POSITIVE_INFINITY;

function contains(run: Run, args: readonly unknown[]): unknown {
  const [text, token] = args as [string | undefined, unknown];
  if (text === undefined || token === undefined) return undefined;
  walk(run, text.length);
  return typeof token === 'string'
    ? indexOfText(run, text, token, 0) !== -1
    : firstMatch(run, token, text) !== undefined;
}

function match(run: Run, args: readonly unknown[]): unknown {
  const [text, regex] = args as [string | undefined, unknown];
  if (text === undefined) return undefined;
  const limit = limitOf(args[2], 'D3040', 3);
  walk(run, text.length);
  const found = new LongList<unknown>(run);
  if (limit > 0) {
    let next = firstMatch(run, regex, text);
    while (next !== undefined && found.length < limit) {
      found.push({ match: next.match, index: next.start, groups: next.groups });
      next = matchAfter(run, next);
    }
  }
  return asSequence(found.whole());
}

function split(run: Run, args: readonly unknown[]): unknown {
  const [text, separator] = args as [string | undefined, unknown];
  if (text === undefined) return undefined;
  const limit = limitOf(args[2], 'D3020', 3);
  walk(run, text.length);
  if (!(limit > 0)) return [];
  if (typeof separator === 'string') return splitByText(run, text, separator, args[2] as number | undefined);
  const parts = new LongList<string>(run);
  let from = 0;
  let count = 0;
  let next = firstMatch(run, separator, text);
  while (next !== undefined && count < limit) {
    parts.push(text.substring(from, next.start));
    from = next.end;
    next = matchAfter(run, next);
    count++;
  }
  if (count < limit) parts.push(text.substring(from));
  return parts.whole();
}

function replace(run: Run, args: readonly unknown[]): unknown {
  const [text, pattern, replacement] = args as [string | undefined, unknown, unknown];
  if (text === undefined) return undefined;
  if (pattern === '') throw { code: 'D3010', value: pattern, index: 2 } satisfies JsonataError;
  const limit = limitOf(args[3], 'D3011', 4);
  walk(run, text.length);
  if (!(limit > 0)) return text;
  if (typeof pattern === 'string') return replaceText(run, text, pattern, replacement, limit);
  const replacer =
    typeof replacement === 'string'
      ? replacementOf(run, replacement)
      : (found: Match) => checkedText(run.apply(replacement, [found]));
  const result = new TextParts(run);
  let from = 0;
  let count = 0;
  let next = firstMatch(run, pattern, text);
  while (next !== undefined && count < limit) {
    const before = text.substring(from, next.start);
    result.add(before, replacer(next));
    from = next.start + next.match.length;
    count++;
    next = matchAfter(run, next);
  }
  return result.whole(text.substring(from));
}

function replaceText(run: Run, text: string, pattern: string, replacement: unknown, limit: number): string {
  const first = indexOfText(run, text, pattern, 0);
  if (first === -1) return text;
  // What is missing is put in as that word, as the reference does.
  const instead = replacement === undefined ? 'undefined' : checkedText(replacement);
  const result = new TextParts(run);
  let from = 0;
  let count = 0;
  for (let at = first; at !== -1 && count < limit; at = indexOfText(run, text, pattern, from)) {
    run.spend(1);
    result.add(text.substring(from, at), instead);
    from = at + pattern.length;
    count++;
  }
  return result.whole(text.substring(from));
}

function checkedText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw { code: 'D3012', value } satisfies JsonataError;
}

function limitOf(limit: unknown, code: string, index: number): number {
  if (limit === undefined) return NO_LIMIT;
  if ((limit as number) < 0) throw { code, value: limit, index } satisfies JsonataError;
  return limit as number;
}
