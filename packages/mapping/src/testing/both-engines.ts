import { isFlowError } from '@crossdock/errors';
import type jsonata from 'jsonata';
import { compileMapping, MAPPING_LIMITS } from '../mapping.ts';
import { mappingError } from '../mapping-error.ts';
import { FUNCTION_NAMES } from './built-in-calls.ts';
import { KNOWN_DEVIATIONS } from './known-deviations.ts';
import { boundedReference, mendedReference } from './mended-reference.ts';

/** How an evaluation ended, as far as both engines have to agree. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly nothing: true }
  | { readonly limit: string }
  | { readonly code: unknown; readonly position?: unknown; readonly token?: unknown };

export interface Difference {
  readonly source: string;
  readonly input: unknown;
  readonly reference: Outcome;
  /** What the reference gives where it answers as ours means to. */
  readonly mended: Outcome;
  readonly ours: Outcome;
}

interface Limits {
  readonly timeoutMs: number;
  readonly maxDepth: number;
  readonly maxSequence: number;
}

/** Generous to both: what they limit is not what is compared. */
const LIMITS: Limits = { timeoutMs: 2000, maxDepth: 1500, maxSequence: 200_000 };
/** On a busy machine one of two may have had the processor for less of its time: then both are tried again. */
const PATIENT: Limits = { ...LIMITS, timeoutMs: 60_000 };

/** An evaluation that takes the processor this much beyond its deadline did not look at the clock. */
const HUNG_MS = 1000;

/** Variables that expressions may ask for; functions of both kinds among them. */
export const BINDINGS: Readonly<Record<string, unknown>> = {
  x: 3,
  y: { id: 1, name: 'y', qty: 2, lines: [{ qty: 1 }, { qty: 2 }] },
  i: 1,
  n: 'name',
  f: (value: unknown) => value,
  twice: async (value: unknown) => [value, value],
};

/** When all of it happens, but for what the reference takes from the clock itself. */
const NOW_MS = Date.now();
const CLOCK = { nowMs: NOW_MS, seed: 'seed' };
const REFERENCE = referenceOf(boundedReference());
let mendedOnce: Reference | undefined;

/** Evaluates with the reference and with ours. Gives what differs, unless a reason for that is known. */
export async function compareEngines(source: string, input: unknown): Promise<Difference | undefined> {
  const difference = await differenceWithin(LIMITS, source, input);
  if (difference === undefined || ![difference.mended, difference.ours].some(isLate)) return difference;
  return differenceWithin(PATIENT, source, input);
}

async function differenceWithin(limits: Limits, source: string, input: unknown): Promise<Difference | undefined> {
  const reference = await byReference(REFERENCE, limits, source, copyOf(input));
  const given = copyOf(input);
  const before = process.threadCpuUsage();
  const answer = await byOurs(limits, source, given);
  const { user, system } = process.threadCpuUsage(before);
  const tookMs = (user + system) / 1000;
  const hung = tookMs > limits.timeoutMs + HUNG_MS;
  const ours = isUntouched(given, input)
    ? hung
      ? { code: `HANG ${Math.round(tookMs)} ms` }
      : answer
    : { code: 'INPUT_CHANGED' };
  if (sameOutcome(reference, ours)) return undefined;
  mendedOnce ??= referenceOf(mendedReference(NOW_MS));
  const mended = await byReference(mendedOnce, limits, source, copyOf(input));
  if (sameOutcome(mended, ours)) return undefined;
  const difference = { source, input, reference, mended, ours };
  return KNOWN_DEVIATIONS.some(({ covers }) => covers(difference)) ? undefined : difference;
}

const isLate = (outcome: Outcome): boolean => 'limit' in outcome && outcome.limit === 'time';

/** An evaluator of the reference, mended or not. */
interface Reference {
  readonly compile: typeof jsonata;
  /** Its built-in functions, which all its mappings share. */
  readonly builtIns: Promise<readonly object[]>;
}

function referenceOf(compile: typeof jsonata): Reference {
  const builtIn = async (name: string): Promise<object> => (await compile(name).evaluate(undefined)) as object;
  return { compile, builtIns: Promise.all(FUNCTION_NAMES.map(builtIn)) };
}

async function byReference(reference: Reference, limits: Limits, source: string, input: unknown): Promise<Outcome> {
  await forgetCalls(reference);
  try {
    const { timeoutMs: timeout, maxDepth: stack, maxSequence: sequence } = limits;
    const result = await reference.compile(source, { timeout, stack, sequence }).evaluate(input, BINDINGS);
    return outcomeOf(plain(result));
  } catch (thrown) {
    const { code, position, token } = (thrown ?? {}) as Record<string, unknown>;
    // JSONata's own errors are plain objects.
    if (thrown instanceof TooLarge) return { limit: 'result size' };
    if (thrown instanceof Error) return { code: 'JAVASCRIPT' };
    if (typeof code === 'string' && code.startsWith('S'))
      return outcomeOfDetails({ code, position, ...(token === undefined ? {} : { token: String(token) }) });
    return outcomeOfDetails(mappingError(thrown, source).details);
  }
}

/**
 * The reference writes the place of a call on the built-in function itself: an error in one that is applied without brackets would name the place
 * where some other mapping called it.
 */
async function forgetCalls({ builtIns }: Reference): Promise<void> {
  for (const builtIn of await builtIns) {
    Reflect.deleteProperty(builtIn, 'position');
    Reflect.deleteProperty(builtIn, 'token');
  }
}

async function byOurs(limits: Limits, source: string, input: unknown): Promise<Outcome> {
  try {
    return outcomeOf(await compileMapping(source, limits).evaluate(input, BINDINGS, CLOCK));
  } catch (thrown) {
    if (!isFlowError(thrown)) return { code: `CRASH ${(thrown as Error | undefined)?.stack ?? String(thrown)}` };
    return thrown.code === 'DATA_FORBIDDEN_KEY' ? { code: thrown.code } : outcomeOfDetails(thrown.details);
  }
}

function outcomeOfDetails({ limit, code, position, token }: Readonly<Record<string, unknown>>): Outcome {
  if (typeof limit === 'string') return { limit };
  return {
    code,
    ...(position === undefined ? {} : { position }),
    ...(typeof token === 'string' && token !== '' ? { token } : {}),
  };
}

const outcomeOf = (value: unknown): Outcome => (value === undefined ? { nothing: true } : { value });

/** Which limit stops a runaway first is a matter of speed. */
function sameOutcome(a: Outcome, b: Outcome): boolean {
  return ('limit' in a && 'limit' in b) || sameValue(a, b);
}

/**
 * Equal as JSON, down to the order of keys: `$keys` and `*` show it. Not written out: a value that stands in many places may have more text than a
 * string holds. What has been found equal is not compared again.
 */
function sameValue(a: unknown, b: unknown, equal = new Map<object, object>()): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (equal.get(a) === b) return true;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  const isSame =
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === others.length &&
    keys.every((key, at) => key === others[at] && sameValue(Reflect.get(a, key), Reflect.get(b, key), equal));
  if (isSame) equal.set(a, b);
  return isSame;
}

/** Whether nothing was added to, removed from or marked on what was `before`. */
function isUntouched(after: unknown, before: unknown): boolean {
  if (typeof before !== 'object' || before === null) return Object.is(after, before);
  const keys = Reflect.ownKeys(before);
  return (
    typeof after === 'object' &&
    after !== null &&
    Reflect.ownKeys(after).length === keys.length &&
    keys.every((key) => isUntouched(Reflect.get(after, key), Reflect.get(before, key)))
  );
}

/** An element takes at least so many bytes of JSON, its comma among them. */
const BYTES_PER_ELEMENT = 2;

/** The reference has no limit of a result's size. A transform that sets the field `100000000` of an array makes it that long. */
class TooLarge extends Error {}

/** What the reference gives as JSON, without functions and marks. Throws in JSONata's form what ours refuses. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'function' || isJsonataFunction(value)) return undefined;
  if (Array.isArray(value) && value.length > MAPPING_LIMITS.maxResultBytes / BYTES_PER_ELEMENT) throw new TooLarge();
  if (Array.isArray(value)) return Array.from(value, (item) => plain(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).flatMap(([key, inner]) => {
    const field = plain(inner);
    return field === undefined ? [] : [[key, field] as const];
  });
  return Object.fromEntries(fields);
}

function isJsonataFunction(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { _jsonata_function, _jsonata_lambda } = value as Record<string, unknown>;
  return _jsonata_function === true || _jsonata_lambda === true;
}

const copyOf = <T>(value: T): T => structuredClone(value);
