import { isInsideIsolate } from '../isolate.ts';
import type { CompiledRegex, RegexMatch } from './compile-regex.ts';
import { LinearMatcher, type Span, UNDECIDED } from './linear-matcher.ts';
import { NativeGate } from './native-gate.ts';
import { NO_NATIVE_BOUND, nativeSteps } from './native-steps.ts';
import { RegexTooLarge } from './parse-regex.ts';
import type { Spend } from './pike.ts';
import { unboundedProblem } from './regex-problem.ts';
import type { RegexTree } from './regex-tree.ts';

/** As far into a text that is new the automaton goes before the text is looked at as a whole. */
const HORIZON = 512;
/** Hardly a text that is matched is longer. */
const AMPLE_TEXT = 1_000_000;
const LOG_UNITS_PER_STEP = 4;
const NATIVE_STEPS_PER_STEP = 100;
const UNITS_LOOKED_AT_PER_STEP = 100;

/** The long text that was matched last, by which pattern, and its longest run of what that pattern repeats. One for all, as texts are long. */
let latest: { text: string; regex: BoundedRegex; run: number | undefined } | undefined;

/** Chooses for each text between the native matcher and the linear one. */
export class BoundedRegex implements CompiledRegex {
  readonly kind: CompiledRegex['kind'];
  readonly #source: string;
  readonly #searching: RegExp;
  readonly #sticky: RegExp;
  readonly #gate: NativeGate;
  readonly #hasGroups: boolean;
  readonly #linear: LinearMatcher | undefined;

  /** Without a tree, the pattern is for an isolate. Throws `RegexTooLarge`. */
  constructor(source: string, flags: string, tree: RegexTree | undefined) {
    this.#source = source;
    this.#searching = new RegExp(source, `${flags}g`);
    this.#sticky = new RegExp(source, `${flags}y`);
    this.#gate = new NativeGate(tree ? nativeSteps(tree) : NO_NATIVE_BOUND);
    this.#hasGroups = tree !== undefined && tree.groupCount > 0;
    this.#linear = tree && !tree.isIrregular ? linearMatcher(tree, this.#gate) : undefined;
    this.kind = this.#gate.isProportional ? 'native' : this.#linear ? 'linear' : 'isolate';
  }

  exec(text: string, fromIndex: number, spend: Spend): RegexMatch | null {
    const { length } = text;
    // As `RegExp` takes a `lastIndex`.
    const from = fromIndex > 0 ? Math.trunc(fromIndex) : 0;
    if (from > length) return null;
    if (length > this.#gate.upTo) return this.#execLong(text, from, spend);
    if (length > this.#gate.cheapUpTo) return this.#execNative(text, from, length, spend);
    spend(1 + (length >> LOG_UNITS_PER_STEP));
    return matchOf(at(this.#searching, from).exec(text));
  }

  #execLong(text: string, from: number, spend: Spend): RegexMatch | null {
    const isNew = latest?.text !== text || latest.regex !== this;
    if (isNew) latest = { text, regex: this, run: undefined };
    if (isNew && this.#linear) {
      const found = this.#linear.find(text, from, spend, HORIZON);
      if (found !== UNDECIDED) return this.#matchAt(text, found, spend);
    }
    const run = latest?.run ?? this.#runIn(text, spend);
    latest = { text, regex: this, run };
    if (run >= 0) return this.#execNative(text, from, run, spend);
    if (this.#linear) return this.#execLinear(this.#linear, text, from, spend);
    if (isInsideIsolate()) return matchOf(at(this.#searching, from).exec(text));
    throw unboundedProblem(this.#source);
  }

  #runIn(text: string, spend: Spend): number {
    spend(text.length / UNITS_LOOKED_AT_PER_STEP);
    return this.#gate.runIn(text);
  }

  #execNative(text: string, from: number, run: number, spend: Spend): RegexMatch | null {
    let match: RegexMatch | null;
    try {
      match = matchOf(at(this.#searching, from).exec(text));
    } catch (error) {
      // The native matcher runs out of stack on some very long texts.
      if (this.#linear) return this.#execLinear(this.#linear, text, from, spend);
      throw error;
    }
    const places = (match?.start ?? text.length) - from + 1;
    spend(1 + this.#gate.stepsOver(places, run) / NATIVE_STEPS_PER_STEP);
    return match;
  }

  #execLinear(linear: LinearMatcher, text: string, from: number, spend: Spend): RegexMatch | null {
    const found = linear.find(text, from, spend, Infinity);
    return found === UNDECIDED ? null : this.#matchAt(text, found, spend);
  }

  #matchAt(text: string, found: Span | undefined, spend: Spend): RegexMatch | null {
    if (!found) return null;
    const start = found[0]!;
    const end = found[1]!;
    const match = text.slice(start, end);
    if (!this.#hasGroups) return { match, start, end, groups: [] };
    const native = this.#nativeGroups(text, start, end);
    if (native) return { match, start, end, groups: native };
    const span = found.length > 2 ? found : (this.#linear?.groups(text, start, end, spend) ?? found);
    const groups: (string | undefined)[] = [];
    for (let slot = 2; slot < span.length; slot += 2)
      groups.push(span[slot + 1]! < 0 ? undefined : text.slice(span[slot]!, span[slot + 1]!));
    return { match, start, end, groups };
  }

  /**
   * The native matcher's view of a match found, where that is quick: on a piece of the text with one unit on each side, for assertions look
   * no further. Where the piece's end misleads it, its match ends elsewhere.
   */
  #nativeGroups(text: string, start: number, end: number): (string | undefined)[] | undefined {
    const cut = Math.max(0, start - 1);
    const piece = text.slice(cut, end + 1);
    if (piece.length > this.#gate.upTo) return undefined;
    const match = matchOf(at(this.#sticky, start - cut).exec(piece));
    return match && match.end + cut === end ? match.groups : undefined;
  }
}

/** A pattern like `^.{1,50000}$` is too large for it, and does without. */
function linearMatcher(tree: RegexTree, { upTo }: NativeGate): LinearMatcher | undefined {
  try {
    return new LinearMatcher(tree);
  } catch (error) {
    if (error instanceof RegexTooLarge && upTo >= AMPLE_TEXT) return undefined;
    throw error;
  }
}

function at(regex: RegExp, from: number): RegExp {
  regex.lastIndex = from;
  return regex;
}

function matchOf(found: RegExpExecArray | null): RegexMatch | null {
  if (found === null) return null;
  const groups: (string | undefined)[] = [];
  for (let group = 1; group < found.length; group++) groups.push(found[group]);
  const match = found[0];
  return { match, start: found.index, end: found.index + match.length, groups };
}
