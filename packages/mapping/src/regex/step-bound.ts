/** An upper bound on steps as a polynomial in the length of the text: the factor of each power, from the lowest. */
export type StepBound = readonly number[];

export const NO_STEPS: StepBound = [];
export const ONE_STEP: StepBound = [1];
/** One step for each unit of the text. */
export const EACH_UNIT: StepBound = [0, 1];
export const UNBOUNDED: StepBound = [Infinity];

export function sum(...bounds: readonly StepBound[]): StepBound {
  return combine(bounds, (a, b) => a + b);
}

/** At least each of them, power by power. */
export function highest(...bounds: readonly StepBound[]): StepBound {
  return combine(bounds, Math.max);
}

export function times(one: StepBound, other: StepBound): StepBound {
  const product: number[] = [];
  for (const [a, left] of one.entries()) {
    for (const [b, right] of other.entries()) {
      if (left > 0 && right > 0) product[a + b] = (product[a + b] ?? 0) + left * right;
    }
  }
  return Array.from(product, (factor) => factor ?? 0);
}

export function stepsFor(bound: StepBound, length: number): number {
  return bound.reduceRight((steps, factor) => (steps === 0 ? 0 : steps * length) + factor, 0);
}

/** 0 where the length does not matter, 1 where steps grow with it, and so on. */
export const degreeOf = (bound: StepBound): number => bound.findLastIndex((factor) => factor > 0);

/** The greatest length at which `steps` are not exceeded, up to `most`; -1 without one. */
export function longestWithin(bound: StepBound, steps: number, most: number): number {
  if (stepsFor(bound, most) <= steps) return most;
  let fits = -1;
  let exceeds = most;
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (stepsFor(bound, middle) <= steps) fits = middle;
    else exceeds = middle;
  }
  return fits;
}

function combine(bounds: readonly StepBound[], join: (a: number, b: number) => number): StepBound {
  const length = Math.max(0, ...bounds.map((bound) => bound.length));
  return Array.from({ length }, (_, power) => bounds.reduce((all, bound) => join(all, bound[power] ?? 0), 0));
}
