import { isFlowError } from '@crossdock/errors';
import jsonata from 'jsonata';
import { compileMapping } from '../mapping.ts';
import { mappingError } from '../mapping-error.ts';
import { tokenStart } from '../token-start.ts';
import { FUNCTION_NAMES } from './built-in-calls.ts';
import { KNOWN_DEVIATIONS } from './known-deviations.ts';

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
  readonly ours: Outcome;
  /** The reference changes lists of its input in some places, and what it gives hangs on that. */
  readonly referenceChangedInput: boolean;
}

/** Generous to both: what they limit is not what is compared. */
const LIMITS = { timeoutMs: 2000, maxDepth: 1500, maxSequence: 200_000 };

/** An evaluation that ends this much after its deadline did not look at the clock; generous, as the machine may be busy. */
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

/** Evaluates with the reference and with ours. Gives what differs, unless a reason for that is known. */
export async function compareEngines(source: string, input: unknown): Promise<Difference | undefined> {
  const toReference = copyOf(input);
  const reference = await byReference(source, toReference);
  const given = copyOf(input);
  const startedAt = performance.now();
  const answer = await byOurs(source, given);
  const tookMs = performance.now() - startedAt;
  const hung = tookMs > LIMITS.timeoutMs + HUNG_MS;
  const ours = isUntouched(given, input)
    ? hung
      ? { code: `HANG ${Math.round(tookMs)} ms` }
      : answer
    : { code: 'INPUT_CHANGED' };
  if (sameOutcome(reference, ours)) return undefined;
  const difference = { source, input, reference, ours, referenceChangedInput: !isUntouched(toReference, input) };
  return KNOWN_DEVIATIONS.some(({ covers }) => covers(difference)) ? undefined : difference;
}

async function byReference(source: string, input: unknown): Promise<Outcome> {
  await forgetCalls();
  try {
    const { timeoutMs: timeout, maxDepth: stack, maxSequence: sequence } = LIMITS;
    const result = await jsonata(source, { timeout, stack, sequence }).evaluate(input, BINDINGS);
    return outcomeOf(plain(result));
  } catch (thrown) {
    const { code, position, token } = (thrown ?? {}) as Record<string, unknown>;
    // JSONata's own errors are plain objects.
    if (thrown instanceof Error) return { code: 'JAVASCRIPT' };
    // A syntax error is told with the start of its token too.
    if (typeof code === 'string' && code.startsWith('S'))
      return outcomeOfDetails({
        code,
        position: tokenStart(source, Number(position ?? 0), token),
        ...(token === undefined ? {} : { token: String(token) }),
      });
    return outcomeOfDetails(mappingError(thrown, source).details);
  }
}

let builtins: Promise<object[]> | undefined;

/**
 * The reference writes the place of a call on the built-in function itself, which all mappings of a process share: an error in one that is applied
 * without brackets would name the place where some other mapping called it.
 */
async function forgetCalls(): Promise<void> {
  builtins ??= Promise.all(FUNCTION_NAMES.map(async (name) => (await jsonata(name).evaluate(undefined)) as object));
  for (const builtin of await builtins) {
    Reflect.deleteProperty(builtin, 'position');
    Reflect.deleteProperty(builtin, 'token');
  }
}

async function byOurs(source: string, input: unknown): Promise<Outcome> {
  try {
    return outcomeOf(await compileMapping(source, LIMITS).evaluate(input, BINDINGS));
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

/** Equal as JSON, down to the order of keys: `$keys` and `*` show it. */
function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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

/** What the reference gives as JSON, without functions and marks. Throws in JSONata's form what ours refuses. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'function' || isJsonataFunction(value)) return undefined;
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
