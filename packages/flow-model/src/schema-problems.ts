import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { keysOf } from './pointer.ts';
import { reasonFor } from './schema-reason.ts';

/** One mistake of a value against a schema. */
export interface SchemaProblem {
  /** Keys that lead to the place; for a missing field, to where it should be. */
  keys: string[];
  /** The JSON Schema keyword that is broken; `unknown` for a field the schema does not have. */
  keyword: string;
  /** Continues a sentence that begins with the field: "must be a whole number". */
  reason: string;
}

/** Keywords that only say that something further down is wrong. */
const CONTAINERS = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'dependentSchemas',
  'allOf',
  'if',
]);

const validators = new WeakMap<object, Validator>();

/**
 * What is wrong with `value`, one problem for each real mistake. Interprets the schema (no code is generated), so it runs under a strict
 * content security policy. Of a `oneOf` or `anyOf` it reports the branch that the value was meant for. Never throws for a JSON value.
 */
export function schemaProblems(value: unknown, schema: object): SchemaProblem[] {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new Validator(schema as Schema, '2020-12', false);
    validators.set(schema, validator);
  }
  try {
    return problemsOf(locateRefusals(validator.validate(value).errors), schema);
  } catch (error) {
    // The validator writes its locations as URIs, which half a surrogate pair in a key does not survive.
    if (error instanceof URIError)
      return [{ keys: [], keyword: 'unknown', reason: 'holds a key that is no valid text' }];
    throw error;
  }
}

/** A refused field comes without its place in the schema; the unit before it has that. */
function locateRefusals(units: readonly OutputUnit[]): OutputUnit[] {
  return units.map((unit, index) =>
    unit.keyword === 'false'
      ? { ...unit, keyword: 'unknown', keywordLocation: units[index - 1]?.keywordLocation ?? '#' }
      : unit,
  );
}

function problemsOf(units: readonly OutputUnit[], schema: object): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  let inside: string | undefined;
  for (const unit of units) {
    if (inside !== undefined && unit.keywordLocation.startsWith(`${inside}/`)) continue;
    inside = undefined;
    if (unit.keyword === 'oneOf' || unit.keyword === 'anyOf') {
      inside = unit.keywordLocation;
      problems.push(...problemsOfChoice(unit, units, schema));
    } else if (!CONTAINERS.has(unit.keyword)) problems.push(problemOf(unit, schema));
  }
  return distinct(problems);
}

function problemOf(unit: OutputUnit, schema: object): SchemaProblem {
  const keys = instanceKeys(unit);
  if (unit.keyword === 'required') keys.push(/property "(.*)"\.$/s.exec(unit.error)?.[1] ?? '');
  return { keys, keyword: unit.keyword, reason: reasonFor(unit, schema) };
}

/** Several forms are allowed and none fits: reports the one that was meant, or which forms there are. */
function problemsOfChoice(choice: OutputUnit, units: readonly OutputUnit[], schema: object): SchemaProblem[] {
  const branches = [...Map.groupBy(unitsBelow(choice, units), (unit) => branchOf(choice, unit)).values()];
  const meant = branches.filter((branch) => !branch.some(isAnotherForm(choice)));
  const best = meant.toSorted((a, b) => a.length - b.length)[0];
  if (best) return problemsOf(best, schema);
  const refusals = branches.flatMap((branch) => branch.filter(isAnotherForm(choice)).slice(0, 1));
  const first = refusals[0];
  if (!first)
    return [{ keys: instanceKeys(choice), keyword: choice.keyword, reason: 'fits more than one allowed form' }];
  const same = refusals.filter(
    (unit) => unit.instanceLocation === first.instanceLocation && unit.keyword === first.keyword,
  );
  const reasons = [...new Set(same.map((unit) => reasonFor(unit, schema).replace(/^must be (?:one of )?/, '')))];
  return [{ keys: instanceKeys(first), keyword: first.keyword, reason: `must be ${joinOr(reasons)}` }];
}

function unitsBelow(choice: OutputUnit, units: readonly OutputUnit[]): OutputUnit[] {
  return units.filter(
    (unit) =>
      unit.keywordLocation.startsWith(`${choice.keywordLocation}/`) &&
      unit.instanceLocation.startsWith(choice.instanceLocation),
  );
}

function branchOf(choice: OutputUnit, unit: OutputUnit): string {
  return unit.keywordLocation.slice(choice.keywordLocation.length + 1).split('/')[0] ?? '';
}

/** The value is of another type, or its discriminator (a `const` or `enum` field) names another branch. */
function isAnotherForm(choice: OutputUnit): (unit: OutputUnit) => boolean {
  const depth = instanceKeys(choice).length;
  return (unit) => {
    const below = instanceKeys(unit).length - depth;
    return unit.keyword === 'type' ? below === 0 : below <= 1 && (unit.keyword === 'const' || unit.keyword === 'enum');
  };
}

function instanceKeys(unit: OutputUnit): string[] {
  return keysOf(decodeURIComponent(unit.instanceLocation.slice(1)));
}

function joinOr(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function distinct(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const byPlace = new Map(problems.map((problem) => [JSON.stringify([problem.keys, problem.reason]), problem]));
  return [...byPlace.values()];
}
