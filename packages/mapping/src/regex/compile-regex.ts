import { BoundedRegex } from './bounded-regex.ts';
import { parseRegex, RegexTooLarge } from './parse-regex.ts';
import type { Spend } from './pike.ts';
import { type RegexProblem, unsupportedProblem } from './regex-problem.ts';
import type { RegexTree } from './regex-tree.ts';

const MAX_PATTERN = 10_000;
const MAX_CACHED = 200;

export interface RegexMatch {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  /** Undefined where a group took no part. */
  readonly groups: (string | undefined)[];
}

/** A pattern that gives what `RegExp` gives, in bounded time. */
export interface CompiledRegex {
  /**
   * What runs it: the native matcher, as its time is in proportion to the text; or the native one where the text makes that sure and else a
   * linear one; or, for look-around and back-references, else an isolate.
   */
  readonly kind: 'native' | 'linear' | 'isolate';
  /**
   * The first match at or after `from`. Calls `spend` as it goes, which may throw. Throws `REGEX_UNBOUNDED` where it needs an isolate and is
   * not inside of one.
   */
  exec(text: string, from: number, spend: Spend): RegexMatch | null;
}

const cache = new Map<string, CompiledRegex>();

/** Prepares a pattern; cached, as JSONata makes one for each evaluation of a literal. Throws a `RegexProblem`. */
export function compileRegex(native: RegExp): CompiledRegex {
  const key = `${native.flags}/${native.source}`;
  const known = cache.get(key);
  if (known) return known;
  const compiled = prepare(native);
  const [oldest] = cache.keys();
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  cache.set(key, compiled);
  return compiled;
}

/** What keeps a pattern from being used at all, if anything. */
export function regexProblem(native: RegExp): RegexProblem | undefined {
  try {
    compileRegex(native);
    return undefined;
  } catch (problem) {
    return problem as RegexProblem;
  }
}

function prepare({ source, flags }: RegExp): CompiledRegex {
  const own = flags.replaceAll(/[dgy]/g, '');
  try {
    return new BoundedRegex(source, own, treeOf(source, own));
  } catch (error) {
    throw unsupportedProblem(source, error);
  }
}

/** Undefined for flags that JSONata does not know. */
function treeOf(source: string, flags: string): RegexTree | undefined {
  if (/[^ims]/.test(flags)) return undefined;
  if (source.length > MAX_PATTERN) throw new RegexTooLarge(`it is longer than ${MAX_PATTERN} characters`);
  const has = (flag: string) => flags.includes(flag);
  return parseRegex(source, { ignoreCase: has('i'), multiline: has('m'), dotAll: has('s') });
}
