import { isInsideIsolate } from '../isolate.ts';
import { LinearMatcher } from './linear-matcher.ts';
import { nativeSteps } from './native-steps.ts';
import { parseRegex, RegexTooLarge } from './parse-regex.ts';
import type { Spend } from './pike.ts';
import type { RegexTree } from './regex-tree.ts';
import { degreeOf, longestWithin, UNBOUNDED } from './step-bound.ts';

/** The native matcher does 2,000,000 steps in 2 to 5 ms. Where they grow in proportion to the text they are overestimated less. */
const MAX_STEPS = 2_000_000;
const MAX_PROPORTIONAL_STEPS = 20_000_000;
/** Below this, what a match costs is not measured: it is taken for a step for each 16 units. */
const FEW_STEPS = 50_000;
const LOG_UNITS_PER_STEP = 4;
const STEPS_PER_MS = 10_000;
/** No string of an evaluation is longer. */
const LONGEST_TEXT = 2 ** 29;
const MAX_PATTERN = 20_000;
const MAX_CACHED = 200;

export interface RegexMatch {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  /** Undefined where a group took no part. */
  readonly groups: (string | undefined)[];
}

/** Thrown in JSONata's own form, so that it travels through an evaluation like any other of its errors. */
export interface RegexProblem {
  /**
   * `REGEX_UNSUPPORTED`: nothing here can run it. `REGEX_UNBOUNDED`: on this text only an isolate may run it.
   */
  readonly code: 'REGEX_UNSUPPORTED' | 'REGEX_UNBOUNDED';
  readonly message: string;
  readonly token: string;
}

/** A pattern that gives what `RegExp` gives, in bounded time. */
export interface CompiledRegex {
  /**
   * What runs it: the native matcher, as its time is proportional to the text; the native one on short texts and a linear one on long texts;
   * or the native one on short texts and an isolate on long ones (look-around, back-references).
   */
  readonly kind: 'native' | 'linear' | 'isolate';
  /** The longest text on which the native matcher may be let loose; -1 for none. */
  readonly nativeUpTo: number;
  /**
   * The first match at or after `from`. Calls `spend` as it goes, which may throw. Throws `REGEX_UNBOUNDED` for long texts of kind `isolate`,
   * except inside of an isolate.
   */
  exec(text: string, from: number, spend: Spend): RegexMatch | null;
}

const cache = new Map<string, CompiledRegex>();

/** Prepares a pattern; cached, as JSONata makes one for each evaluation of a literal. Throws a `RegexProblem`. */
export function compileRegex(native: RegExp): CompiledRegex {
  const key = `${native.flags}/${native.source}`;
  const known = cache.get(key);
  if (known) return known;
  const compiled = new BoundedRegex(native);
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

class BoundedRegex implements CompiledRegex {
  readonly kind: CompiledRegex['kind'];
  readonly nativeUpTo: number;
  readonly #source: string;
  readonly #searching: RegExp;
  readonly #sticky: RegExp;
  readonly #cheapUpTo: number;
  readonly #groupCount: number;
  readonly #linear: LinearMatcher | undefined;

  constructor({ source, flags }: RegExp) {
    const own = flags.replaceAll(/[dgy]/g, '');
    const tree = treeOf(source, own);
    const steps = tree ? nativeSteps(tree) : UNBOUNDED;
    const isProportional = degreeOf(steps) <= 1;
    const longest = longestWithin(steps, isProportional ? MAX_PROPORTIONAL_STEPS : MAX_STEPS, LONGEST_TEXT);
    const isRegular = tree !== undefined && !tree.isIrregular;
    this.#source = source;
    this.#searching = new RegExp(source, `${own}g`);
    this.#sticky = new RegExp(source, `${own}y`);
    this.#groupCount = tree?.groupCount ?? 0;
    this.kind = isProportional && longest > 0 ? 'native' : isRegular ? 'linear' : 'isolate';
    this.nativeUpTo = longest;
    this.#cheapUpTo = longestWithin(steps, FEW_STEPS, this.nativeUpTo);
    this.#linear = isRegular ? linearMatcher(tree, source) : undefined;
  }

  exec(text: string, from: number, spend: Spend): RegexMatch | null {
    if (from > text.length) return null;
    if (text.length > this.nativeUpTo && (this.#linear || !isInsideIsolate()))
      return this.#execLinear(text, from, spend);
    if (text.length <= this.#cheapUpTo) {
      spend(1 + (text.length >> LOG_UNITS_PER_STEP));
      return matchOf(at(this.#searching, from).exec(text));
    }
    const startedAt = performance.now();
    const match = this.#execLong(text, from, spend);
    spend(1 + (performance.now() - startedAt) * STEPS_PER_MS);
    return match;
  }

  /** The native matcher runs out of stack on some very long texts. */
  #execLong(text: string, from: number, spend: Spend): RegexMatch | null {
    try {
      return matchOf(at(this.#searching, from).exec(text));
    } catch (error) {
      if (this.#linear) return this.#execLinear(text, from, spend);
      throw error;
    }
  }

  #execLinear(text: string, from: number, spend: Spend): RegexMatch | null {
    if (!this.#linear) throw unbounded(this.#source);
    const found = this.#linear.find(text, from, spend);
    if (!found) return null;
    const start = found[0]!;
    const end = found[1]!;
    const native = end - start < this.nativeUpTo - 1 ? this.#nativeMatch(text, start, end) : undefined;
    if (native) return native;
    const isWhole = found.length > 2 || this.#groupCount === 0;
    const span = isWhole ? found : this.#linear.groups(text, start, end, spend);
    const groups: (string | undefined)[] = [];
    for (let slot = 2; slot < span.length; slot += 2)
      groups.push(span[slot + 1]! < 0 ? undefined : text.slice(span[slot]!, span[slot + 1]!));
    return { match: text.slice(start, end), start, end, groups };
  }

  /**
   * The native matcher's view of a match found: on a piece of the text with one unit on each side, for assertions look no further. Where the
   * piece's end misleads it, its match ends elsewhere.
   */
  #nativeMatch(text: string, start: number, end: number): RegexMatch | undefined {
    if (this.#groupCount === 0) return undefined;
    const cut = Math.max(0, start - 1);
    const match = matchOf(at(this.#sticky, start - cut).exec(text.slice(cut, end + 1)));
    return match && match.end + cut === end ? { ...match, start, end } : undefined;
  }
}

function at(regex: RegExp, from: number): RegExp {
  regex.lastIndex = from;
  return regex;
}

function matchOf(found: RegExpExecArray | null): RegexMatch | null {
  if (found === null) return null;
  const [match, ...groups] = found;
  return { match, start: found.index, end: found.index + match.length, groups };
}

/** Undefined for flags that JSONata does not know. */
function treeOf(source: string, flags: string): RegexTree | undefined {
  if (/[^ims]/.test(flags)) return undefined;
  try {
    if (source.length > MAX_PATTERN) throw new RegexTooLarge(`it is longer than ${MAX_PATTERN} characters`);
    const has = (flag: string) => flags.includes(flag);
    return parseRegex(source, { ignoreCase: has('i'), multiline: has('m'), dotAll: has('s') });
  } catch (error) {
    throw unsupported(source, error);
  }
}

function linearMatcher(tree: RegexTree, source: string): LinearMatcher {
  try {
    return new LinearMatcher(tree);
  } catch (error) {
    throw unsupported(source, error);
  }
}

function unsupported(source: string, error: unknown): unknown {
  if (!(error instanceof RegexTooLarge)) return error;
  const message = `the regular expression ${shown(source)} is not supported: ${error.message}`;
  return { code: 'REGEX_UNSUPPORTED', message, token: source } satisfies RegexProblem;
}

function unbounded(source: string): RegexProblem {
  const message = `the regular expression ${shown(source)} is not supported here: with its look-around or back-references nobody can say how long it would take`;
  return { code: 'REGEX_UNBOUNDED', message, token: source };
}

const shown = (source: string): string => `/${source.length > 200 ? `${source.slice(0, 200)}…` : source}/`;
