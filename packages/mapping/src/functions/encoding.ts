import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { decodedBase64, encodedBase64 } from './base64.ts';
import { PIECE_LENGTH, walk } from './text-work.ts';

export const encodingFunctions: readonly NativeFunction[] = [
  {
    name: 'base64encode',
    signature: '<s-:s>',
    params: ['str'],
    call: (run, args) => withText(run, args, encodedBase64),
  },
  {
    name: 'base64decode',
    signature: '<s-:s>',
    params: ['str'],
    call: (run, args) => withText(run, args, decodedBase64),
  },
  urlFunction('encodeUrlComponent', encodeURIComponent, encodingPieceEnd),
  urlFunction('encodeUrl', encodeURI, encodingPieceEnd),
  urlFunction('decodeUrlComponent', decodeURIComponent, decodingPieceEnd),
  urlFunction('decodeUrl', decodeURI, decodingPieceEnd),
];

function withText(run: Run, args: readonly unknown[], convert: (run: Run, text: string) => string): unknown {
  if (args[0] === undefined) return undefined;
  const text = String(args[0]);
  walk(run, text.length);
  return convert(run, text);
}

function urlFunction(
  name: string,
  convert: (text: string) => string,
  pieceEnd: (text: string, from: number) => number,
): NativeFunction {
  const convertAll = (run: Run, text: string): string => {
    if (text.length < PIECE_LENGTH) return convert(text);
    let result = '';
    for (let from = 0, to = 0; from < text.length; from = to) {
      to = pieceEnd(text, from);
      run.spend(PIECE_LENGTH / 10);
      result += convert(text.slice(from, to));
      run.checkString(result.length);
    }
    return result;
  };
  const call = (run: Run, args: readonly unknown[]): unknown => {
    try {
      return withText(run, args, convertAll);
    } catch (thrown) {
      if (!(thrown instanceof URIError)) throw thrown;
      throw { code: 'D3140', value: args[0], functionName: name } satisfies JsonataError;
    }
  };
  return { name, signature: '<s-:s>', params: ['str'], call };
}

/** Does not cut a surrogate pair in two. */
function encodingPieceEnd(text: string, from: number): number {
  const end = from + PIECE_LENGTH;
  return end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : Math.min(end, text.length);
}

/** Does not cut what is written for one character: the piece ends before a `%` that begins one, or where none is near. */
function decodingPieceEnd(text: string, from: number): number {
  let end = from + PIECE_LENGTH;
  while (end < text.length && !isBoundary(text, end)) end++;
  return Math.min(end, text.length);
}

function isBoundary(text: string, at: number): boolean {
  if (text[at] === '%') return !/[89AB]/i.test(text.charAt(at + 1));
  return text[at - 1] !== '%' && text[at - 2] !== '%';
}
