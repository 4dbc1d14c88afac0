import { FlowError } from '@crossdock/errors';
import { dividedExactly, type Fixed, fixedText, readFixed, timesExactly } from '../decimal/fixed.ts';
import type { Quantity } from '../events/schema-parts.ts';

/** One of `unit` is `factor` of `of`: a case is 12 each. Per item, as cases of other items hold other counts. */
export interface UnitFactor {
  readonly unit: string;
  readonly of: string;
  /** More than zero, such as "12". */
  readonly factor: string;
}

/**
 * The quantity with its value in the base unit added, exact. Factors are followed both ways and through other units (pallet, case, each),
 * by the fewest steps. Throws `DATA_UNIT` where no factor leads to the base unit, a factor or the value is none, or six digits behind the
 * point do not hold the result: nothing is guessed or rounded.
 */
export function toBaseUnit(quantity: Quantity, baseUom: string, factors: readonly UnitFactor[]): Required<Quantity> {
  const value = readFixed(quantity.value);
  if (value === undefined) throw unitError('value', `"${quantity.value}" is no decimal such as "12.5"`);
  const way = wayBetween(quantity.uom, baseUom, factors);
  if (way === undefined)
    throw unitError('uom', `no factor leads from "${quantity.uom}" to "${baseUom}": add one to the item's units`);
  const base = way.reduce(apply, value);
  return { ...quantity, base: fixedText(base), baseUom };
}

interface Step {
  readonly to: string;
  readonly by: UnitFactor;
  readonly isInverse: boolean;
}

/** Breadth first, so that the shortest way is found; of equal ones that whose factors come first. */
function wayBetween(from: string, to: string, factors: readonly UnitFactor[]): Step[] | undefined {
  const ways = new Map<string, Step[]>([[from, []]]);
  for (const [unit, way] of ways) {
    if (unit === to) return way;
    for (const step of stepsFrom(unit, factors)) if (!ways.has(step.to)) ways.set(step.to, [...way, step]);
  }
  return undefined;
}

function stepsFrom(unit: string, factors: readonly UnitFactor[]): Step[] {
  return factors.flatMap((by): Step[] => {
    if (by.unit === unit) return [{ to: by.of, by, isInverse: false }];
    return by.of === unit ? [{ to: by.unit, by, isInverse: true }] : [];
  });
}

function apply(value: Fixed, { by, isInverse }: Step): Fixed {
  const factor = readFixed(by.factor);
  if (factor === undefined || factor <= 0n)
    throw unitError('factor', `"${by.factor}" (${by.unit} in ${by.of}) is no decimal of more than zero`);
  const result = isInverse ? dividedExactly(value, factor) : timesExactly(value, factor);
  if (result === undefined)
    throw unitError(
      'value',
      `${fixedText(value)} ${isInverse ? by.of : by.unit} is no exact number of ${isInverse ? by.unit : by.of}: choose a smaller base unit`,
    );
  return result;
}

function unitError(field: string, reason: string): FlowError {
  return new FlowError('DATA_UNIT', { details: { field, reason } });
}
