import type { JsonataError, NativeFunction, Run } from '../run.ts';
import { decodedBase64, encodedBase64 } from './base64.ts';
import { convertPieces, PIECE_LENGTH, pieceEnd, walk } from './text-work.ts';

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
  urlFunction('encodeUrlComponent', encodeURIComponent, pieceEnd),
  urlFunction('encodeUrl', encodeURI, pieceEnd),
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
  endOf: (text: string, from: number) => number,
): NativeFunction {
  const convertAll = (run: Run, text: string): string => convertPieces(run, text, convert, endOf);
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

/** Does not cut what is written for one character: the piece ends before a `%` that begins one, or where none is near. */
function decodingPieceEnd(text: string, from: number): number {
  const end = from + PIECE_LENGTH;
  // No character takes more than four bytes: where there are more, the text is malformed wherever it is cut.
  for (let at = end; at < Math.min(end + 12, text.length); at++) if (isBoundary(text, at)) return at;
  return Math.min(end + 12, text.length);
}

function isBoundary(text: string, at: number): boolean {
  if (text[at] === '%') return !/[89AB]/i.test(text.charAt(at + 1));
  return text[at - 1] !== '%' && text[at - 2] !== '%';
}
