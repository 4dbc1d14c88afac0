import { type CharSet, includesUnit, LINE_ENDS } from './char-set.ts';
import type { NativeSteps } from './native-steps.ts';
import { degreeOf, longestWithin, stepsFor } from './step-bound.ts';

/** The native matcher does 2,000,000 steps in 2 to 5 ms. */
const MAX_STEPS = 2_000_000;
/** Where they grow in proportion to the text: there they are overestimated more. */
const MAX_PROPORTIONAL_STEPS = 20_000_000;
/** Below this, what a match costs is not worked out: it is taken for a step for each 16 units. */
const FEW_STEPS = 50_000;
/** No string is longer. */
const LONGEST_TEXT = 2 ** 29;
const NARROW = 256;

/** Decides on which texts the native matcher may be let loose. */
export class NativeGate {
  /** Its steps grow no faster than the text, whatever that holds. */
  readonly isProportional: boolean;
  /** The longest text on which it is quick whatever that holds; -1 for none. */
  readonly upTo: number;
  /** The same for so quick that it need not be accounted for. */
  readonly cheapUpTo: number;
  readonly #steps: NativeSteps;
  #narrow: Uint8Array | undefined;
  /** The run asked for last, as the matches in one text are asked for one after the other, and what comes of it. */
  #run = -1;
  #miss = 0;
  #hit = 0;

  constructor(steps: NativeSteps) {
    this.#steps = steps;
    this.isProportional = degreeOf(steps.search) <= 1 && Number.isFinite(stepsFor(steps.search, 1));
    this.upTo = longestWithin(steps.search, this.isProportional ? MAX_PROPORTIONAL_STEPS : MAX_STEPS, LONGEST_TEXT);
    this.cheapUpTo = longestWithin(steps.search, FEW_STEPS, this.upTo);
  }

  /** The longest that a loop can go on in the text, where the native matcher is quick for it; -1 where it may not be. */
  runIn(text: string): number {
    const { runUnits, isPerLine } = this.#steps;
    const most = this.#longestRunFor(isPerLine ? linesIn(text) : text.length + 1);
    if (most < 0) return -1;
    this.#narrow ??= Uint8Array.from({ length: NARROW }, (_, unit) => Number(includesUnit(runUnits, unit)));
    return longestRun(text, this.#narrow, runUnits, most);
  }

  /** Steps at most to get over `places` places and match at the next, in a text whose longest run is `run`. */
  stepsOver(places: number, run: number): number {
    if (run !== this.#run) {
      this.#run = run;
      this.#miss = stepsFor(this.#steps.miss, run + 1);
      this.#hit = stepsFor(this.#steps.hit, run + 1);
    }
    return places * this.#miss + this.#hit;
  }

  #longestRunFor(places: number): number {
    let fits = -1;
    let exceeds = LONGEST_TEXT;
    while (exceeds - fits > 1) {
      const middle = (fits + exceeds) >> 1;
      if (this.stepsOver(places, middle) <= MAX_PROPORTIONAL_STEPS) fits = middle;
      else exceeds = middle;
    }
    return fits;
  }
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = 0; at < text.length; at++) if (includesUnit(LINE_ENDS, text.charCodeAt(at))) lines += 1;
  return lines;
}

/** -1 as soon as it is over `most`. */
function longestRun(text: string, narrow: Uint8Array, units: CharSet, most: number): number {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < NARROW ? narrow[unit] === 0 : !includesUnit(units, unit)) {
      if (run > longest) longest = run;
      run = 0;
    } else if (++run > most) return -1;
  }
  return Math.max(longest, run);
}
