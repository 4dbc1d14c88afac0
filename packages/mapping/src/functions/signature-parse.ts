import type { JsonataError } from '../run.ts';
import { ANY_KIND, KIND } from './value-kind.ts';

/** One parameter of a signature. */
export interface Parameter {
  /** Its letter, or its choice in parentheses. */
  readonly type: string;
  /** The kinds that it takes; a missing value always is one. */
  readonly kinds: number;
  /** As in regular expressions: `''` takes one argument, `?` one or none, `+` one or more; `??` and `+?` as few as can be. */
  readonly repeats: string;
  /** The kinds of context value that stand in where no argument is given; 0 where none does. */
  readonly contextKinds: number;
  /** What an array's elements are, as written. */
  readonly subtype: string | undefined;
}

/** Mutable while the signature is read. */
interface OpenParameter {
  type: string;
  kinds: number;
  repeats: string;
  contextKinds: number;
  subtype: string | undefined;
}

const JSON_KINDS = KIND.a | KIND.s | KIND.n | KIND.b | KIND.l | KIND.o | KIND.m;
const KINDS: Readonly<Record<string, number>> = {
  ...{ s: KIND.s | KIND.m, n: KIND.n | KIND.m, b: KIND.b | KIND.m, l: KIND.l | KIND.m, o: KIND.o | KIND.m },
  ...{ a: ANY_KIND, x: ANY_KIND, j: JSON_KINDS, f: KIND.f },
};

/** The parameters of `<...>`. Throws `S0401` and `S0402` with the offset, as the reference does. */
export function parametersOf(definition: string): readonly Parameter[] {
  const params: OpenParameter[] = [];
  // A modifier before the first parameter belongs to it.
  const first = { contextKinds: 0 };
  for (let at = 1; at < definition.length && definition[at] !== ':'; at++) {
    const symbol = definition.charAt(at);
    const last = params.at(-1);
    if (symbol === '-') {
      (last ?? first).contextKinds = last && last.repeats[0] !== '?' ? last.kinds : ANY_KIND;
      if (last) last.repeats = repeated(last.repeats, '?');
    } else if (symbol === '?' || symbol === '+') {
      if (last) last.repeats = repeated(last.repeats, symbol);
    } else if (symbol === '(') {
      const end = closing(definition, at, '(', ')');
      params.push(choiceOf(definition.substring(at + 1, end), at));
      at = end;
    } else if (symbol === '<') {
      if (last?.type !== 'a' && last?.type !== 'f') {
        throw { code: 'S0401', value: last?.type, offset: at } satisfies JsonataError;
      }
      const end = closing(definition, at, '<', '>');
      last.subtype = definition.substring(at + 1, end);
      at = end;
    } else if (KINDS[symbol] !== undefined) {
      params.push({ type: symbol, kinds: KINDS[symbol], repeats: '', contextKinds: 0, subtype: undefined });
    }
    if (params.length === 1 && last === undefined) (params[0] as OpenParameter).contextKinds = first.contextKinds;
  }
  return params;
}

function choiceOf(choice: string, offset: number): OpenParameter {
  if (choice.includes('<')) throw { code: 'S0402', value: choice, offset } satisfies JsonataError;
  // The reference makes a character class of it, in which a range or a negation has its meaning too.
  const taken = new RegExp(`^[${choice}m]$`);
  const kinds = Object.entries(KIND).reduce((sum, [letter, kind]) => (taken.test(letter) ? sum | kind : sum), 0);
  return { type: `(${choice})`, kinds, repeats: '', contextKinds: 0, subtype: undefined };
}

const REPEATS = ['', '?', '+', '??', '+?'];

function repeated(repeats: string, symbol: string): string {
  const both = repeats + symbol;
  if (!REPEATS.includes(both)) throw new SyntaxError(`nothing to repeat: ${both}`);
  return both;
}

/** Where the bracket opened at `start` is closed; the end of the text where it is not. */
function closing(text: string, start: number, open: string, close: string): number {
  let depth = 1;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === close) depth--;
    else if (text[at] === open) depth++;
    if (depth === 0) return at;
  }
  return text.length;
}
