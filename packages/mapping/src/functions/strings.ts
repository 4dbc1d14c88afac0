import type { NativeFunction, Run } from '../run.ts';
import { lengthInCharacters, sliceCharacters } from './code-points.ts';
import { convertPieces, indexOfText, pieceEnd, walk } from './text-work.ts';
import { trimmed } from './white-space.ts';

/**
 * Functions of one string. A partial application hands on arguments that nobody checked, so what is not a string meets JavaScript's own
 * methods, as it does in the reference.
 */
export const stringFunctions: readonly NativeFunction[] = [
  { name: 'substring', signature: '<s-nn?:s>', params: ['str', 'start', 'length'], call: substring },
  { name: 'substringBefore', signature: '<s-s:s>', params: ['str', 'chars'], call: substringBefore },
  { name: 'substringAfter', signature: '<s-s:s>', params: ['str', 'chars'], call: substringAfter },
  { name: 'lowercase', signature: '<s-:s>', params: ['str'], call: lowercase },
  { name: 'uppercase', signature: '<s-:s>', params: ['str'], call: uppercase },
  { name: 'length', signature: '<s-:n>', params: ['str'], call: length },
  { name: 'trim', signature: '<s-:s>', params: ['str'], call: trim },
  { name: 'pad', signature: '<s-ns?:s>', params: ['str', 'width', 'char'], call: pad },
];

function substring(run: Run, args: readonly unknown[]): unknown {
  const text = args[0];
  if (text === undefined) return undefined;
  const characters = typeof text === 'string' ? text : [...(text as Iterable<string>)];
  walk(run, characters.length);
  const size = typeof characters === 'string' ? lengthInCharacters(run, characters) : characters.length;
  const start = size + (args[1] as number) < 0 ? 0 : (args[1] as number);
  const length = args[2] as number | undefined;
  if (length !== undefined && length <= 0) return '';
  const end = length === undefined ? undefined : start >= 0 ? start + length : size + start + length;
  return typeof characters === 'string'
    ? sliceCharacters(run, characters, size, start, end)
    : characters.slice(start, end).join('');
}

function substringBefore(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  walk(run, text.length);
  const at = indexOfText(run, text, args[1] as string, 0);
  return at > -1 ? text.slice(0, at) : text;
}

function substringAfter(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  walk(run, text.length);
  const at = indexOfText(run, text, args[1] as string, 0);
  return at > -1 ? text.slice(at + (args[1] as string).length) : text;
}

function lowercase(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  walk(run, text.length);
  return convertPieces(run, text, (piece) => piece.toLowerCase(), caseEnd);
}

/** A final sigma is told by the letters around it: where there is one, pieces end at white space, if any is near. */
function caseEnd(text: string, from: number): number {
  const end = pieceEnd(text, from);
  if (!text.slice(from, end).includes('Σ')) return end;
  const space = text.slice(end, end + LONGEST_WORD).search(/\s/);
  return space === -1 ? pieceEnd(text, from + LONGEST_WORD) : end + space;
}

const LONGEST_WORD = 1000;

function uppercase(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  walk(run, text.length);
  return convertPieces(run, text, (piece) => piece.toUpperCase());
}

function length(run: Run, args: readonly unknown[]): unknown {
  const text = args[0];
  if (text === undefined) return undefined;
  if (typeof text !== 'string') return [...(text as Iterable<unknown>)].length;
  walk(run, text.length);
  return lengthInCharacters(run, text);
}

function trim(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  walk(run, text.length);
  return trimmed(run, text);
}

function pad(run: Run, args: readonly unknown[]): unknown {
  const text = args[0] as string | undefined;
  if (text === undefined) return undefined;
  const width = Math.trunc(args[1] as number);
  const missing = Math.abs(width) - (length(run, [text]) as number);
  if (!(missing > 0)) return text;
  const filling = args[2] === undefined || (args[2] as string).length === 0 ? ' ' : (args[2] as string);
  run.checkString(text.length + missing);
  // A long padding is made in no time, yet fills the memory.
  run.spend(missing * STEPS_PER_PADDED);
  const padding = filling.length > 1 ? paddingOf(run, filling, missing) : filling.repeat(missing);
  return width > 0 ? text + padding : padding + text;
}

/** What memory a padding takes at most, as steps. */
const STEPS_PER_PADDED = 4;

function paddingOf(run: Run, filling: string, characters: number): string {
  const each = lengthInCharacters(run, filling);
  const times = Math.ceil(characters / each);
  run.checkString(times * filling.length);
  run.spend(times);
  return sliceCharacters(run, filling.repeat(times), each * times, 0, characters);
}
