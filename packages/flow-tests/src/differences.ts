import { type Expectation, fieldName, pointerOf, type Tolerance } from '@crossdock/flow-model';
import { patternFinds } from '@crossdock/mapping';
import { compileMask, maskedPlaces } from '@crossdock/payload';

/** One place where a run gave something else than its test expects. A side that has nothing there is left out. */
export interface Difference {
  /** Such as `outputs.map.lines[0].sku`. */
  readonly path: string;
  /** Of what differs, where it belongs to a node. */
  readonly nodeId?: string;
  readonly expected?: unknown;
  readonly got?: unknown;
  /** What a tolerance asks for there, as a sentence. */
  readonly asked?: string;
}

/** More would not be read. */
const MOST = 100;

/** Where `got` is not what is expected, in the order of the expectation; only what it holds is compared. At most 100. */
export function differences(
  expected: Expectation,
  got: Expectation,
  tolerances: readonly Tolerance[] = [],
): Difference[] {
  const asked = onlyAsked(expected, got);
  const allowed = placesOf(tolerances, [expected, asked]);
  const found: Difference[] = [];
  compare(expected, asked, { keys: [], isOpen: false, allowed, found });
  return found.slice(0, MOST);
}

/** Of what came of a run, that which the expectation speaks of: its fields, and the nodes that it names in them. */
function onlyAsked(expected: Expectation, got: Expectation): Expectation {
  const fields = Object.keys(expected).map((name) => {
    const field = name as keyof Expectation;
    if (field === 'outputs' || field === 'calls') return [field, picked(got[field], expected[field])];
    if (field === 'error' && got.error) return [field, picked(got.error, expected.error)];
    return [field, got[field]];
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function picked(from: object | undefined, like: object | undefined): object | undefined {
  if (from === undefined || like === undefined) return from;
  return Object.fromEntries(Object.entries(from).filter(([key]) => Object.hasOwn(like, key)));
}

interface At {
  readonly keys: readonly string[];
  /** Further fields are allowed. */
  readonly isOpen: boolean;
  readonly allowed: ReadonlyMap<string, Tolerance>;
  readonly found: Difference[];
}

const NOTHING = Symbol('nothing');

function compare(expected: unknown, got: unknown, at: At): void {
  const tolerance = at.allowed.get(pointerOf(at.keys));
  if (tolerance?.as === 'anything') return;
  const asked = askedBy(tolerance, expected);
  const isOpen = at.isOpen || tolerance?.as === 'contains';
  if (asked) {
    if (!asked.isMet(got)) tell(expected, got, at, asked.words);
  } else if (expected === NOTHING) {
    if (!isOpen) tell(expected, got, at);
  } else if (isBranch(expected) && isBranch(got) && Array.isArray(expected) === Array.isArray(got)) {
    compareBranches(expected, got, { ...at, isOpen });
  } else if (!Object.is(plain(expected), plain(got))) {
    tell(expected, got, at);
  }
}

/** What a tolerance asks of a value in place of being the same; nothing for a place where nothing is expected. */
function askedBy(tolerance: Tolerance | undefined, expected: unknown) {
  if (tolerance?.as === 'pattern') {
    const { pattern = '' } = tolerance;
    const isMet = (got: unknown): boolean => typeof got === 'string' && patternFinds(pattern, got);
    return { isMet, words: `a text that matches ${pattern}` };
  }
  if (tolerance?.as !== 'type' || expected === NOTHING) return undefined;
  const type = typeName(expected);
  return { isMet: (got: unknown) => got !== NOTHING && typeName(got) === type, words: `a value of type ${type}` };
}

function compareBranches(expected: object, got: object, at: At): void {
  const isList = Array.isArray(expected);
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    if (at.found.length >= MOST) return;
    const [mine, theirs] = [valueAt(expected, key), valueAt(got, key)];
    if (mine === NOTHING && theirs === NOTHING) continue;
    // A list of another length is another list, however many fields its elements may have.
    const isOpen = at.isOpen && !(isList && mine === NOTHING);
    compare(mine, theirs, { ...at, isOpen, keys: [...at.keys, key] });
  }
}

function valueAt(branch: object, key: string): unknown {
  const value = Object.hasOwn(branch, key) ? (branch as Record<string, unknown>)[key] : undefined;
  return value === undefined ? NOTHING : value;
}

function tell(expected: unknown, got: unknown, { keys, found }: At, asked?: string): void {
  const [list, node] = keys;
  found.push({
    path: fieldName(keys),
    ...((list === 'outputs' || list === 'calls') && node !== undefined ? { nodeId: node } : {}),
    ...(expected === NOTHING ? {} : { expected }),
    ...(got === NOTHING ? {} : { got }),
    ...(asked === undefined ? {} : { asked }),
  });
}

/** A later tolerance wins where two name one place. */
function placesOf(tolerances: readonly Tolerance[], values: readonly Expectation[]): Map<string, Tolerance> {
  const places = new Map<string, Tolerance>();
  for (const tolerance of tolerances) {
    const mask = compileMask([tolerance.path]);
    for (const value of values)
      for (const { keys } of maskedPlaces(value, mask)) places.set(pointerOf(keys), tolerance);
  }
  return places;
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** JSON knows no negative zero. */
const plain = (value: unknown): unknown => (value === 0 ? 0 : value);
