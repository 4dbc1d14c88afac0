/** A step in putting a large result together. */
export type ResultPiece =
  /** Further elements of the list that is open. */
  | { readonly type: 'items'; readonly items: readonly unknown[] }
  /** Further fields of the object that is open. */
  | { readonly type: 'fields'; readonly fields: Readonly<Record<string, unknown>> }
  /** A list or object begins: the result itself, the next element, or the field `key`. */
  | { readonly type: 'open'; readonly key?: string; readonly isList: boolean }
  | { readonly type: 'close' };

/** About as many characters of JSON are copied at once. */
const PORTION_WEIGHT = 64 * 1024;
/** To open or close a list or object weighs so much. */
const STEP_WEIGHT = 64;
/** What nests deeper is opened level by level: to copy it at once takes stack. */
const MAX_DEPTH = 20;

/**
 * Plain JSON in portions of pieces, for whoever receives it to do other work between two of them; undefined for what may be copied at once. The
 * thread that receives a copy of millions of values is kept by it for seconds.
 */
export function piecesOf(result: unknown): Iterable<readonly ResultPiece[]> | undefined {
  return isLarge(result) ? portions(result) : undefined;
}

function* portions(result: object): Generator<readonly ResultPiece[]> {
  let portion: ResultPiece[] = [];
  let weight = 0;
  for (const [piece, itsWeight] of pieces(result)) {
    portion.push(piece);
    weight += itsWeight;
    if (weight < PORTION_WEIGHT) continue;
    yield portion;
    portion = [];
    weight = 0;
  }
  if (portion.length > 0) yield portion;
}

function* pieces(result: object): Generator<readonly [ResultPiece, weight: number]> {
  yield [{ type: 'open', isList: Array.isArray(result) }, STEP_WEIGHT];
  const open = [new Walk(result)];
  for (let walk = open.at(-1); walk !== undefined; walk = open.at(-1)) {
    const [fields, weight] = walk.smallOnes();
    if (fields.length > 0) yield [pieceOf(fields, walk.isList), weight];
    const large = walk.largeOne();
    if (large) {
      const [key, value] = large;
      yield [{ type: 'open', isList: Array.isArray(value), ...(walk.isList ? {} : { key }) }, STEP_WEIGHT];
      open.push(new Walk(value));
    } else if (walk.isOver) {
      yield [{ type: 'close' }, STEP_WEIGHT];
      open.pop();
    }
  }
}

type Field = readonly [key: string, value: unknown];

function pieceOf(fields: readonly Field[], isList: boolean): ResultPiece {
  if (isList) return { type: 'items', items: fields.map(([, value]) => value) };
  return { type: 'fields', fields: Object.fromEntries(fields) };
}

/** Goes through the fields of an object, or the elements of a list. */
class Walk {
  readonly isList: boolean;
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #keys: readonly string[];
  #at = 0;

  constructor(value: object) {
    this.isList = Array.isArray(value);
    this.#value = value as Readonly<Record<string, unknown>>;
    this.#keys = Object.keys(value);
  }

  get isOver(): boolean {
    return this.#at >= this.#keys.length;
  }

  /** The next ones up to one that is large, as many as make a portion, and what they weigh. */
  smallOnes(): [fields: Field[], weight: number] {
    const fields: Field[] = [];
    let weight = 0;
    for (; !this.isOver && weight < PORTION_WEIGHT; this.#at++) {
      const key = this.#keys[this.#at] as string;
      const value = this.#value[key];
      if (isLarge(value)) break;
      fields.push([key, value]);
      weight += key.length + weightOf(value, PORTION_WEIGHT, 0);
    }
    return [fields, weight];
  }

  /** The next one, where it is large. */
  largeOne(): readonly [key: string, value: object] | undefined {
    const key = this.#keys[this.#at];
    const value = key === undefined ? undefined : this.#value[key];
    if (key === undefined || !isLarge(value)) return undefined;
    this.#at++;
    return [key, value];
  }
}

function isLarge(value: unknown): value is object {
  return typeof value === 'object' && value !== null && weightOf(value, PORTION_WEIGHT, 0) > PORTION_WEIGHT;
}

/** Characters as JSON, roughly; counted until there are more than `most`. */
function weightOf(value: unknown, most: number, depth: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  let weight = 16;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && weight <= most; at++) weight += weightOf(value[at], most - weight, depth + 1);
    return weight;
  }
  for (const key in value) {
    if (weight > most) break;
    weight += key.length + 4 + weightOf((value as Record<string, unknown>)[key], most - weight, depth + 1);
  }
  return weight;
}

/** A result that comes in pieces. */
export class ResultAssembly {
  readonly #open: (unknown[] | Record<string, unknown>)[] = [];
  #whole: unknown;

  add(portion: readonly ResultPiece[]): void {
    for (const piece of portion) this.#put(piece);
  }

  #put(piece: ResultPiece): void {
    const target = this.#open.at(-1);
    if (piece.type === 'open') this.#begin(piece, target);
    else if (piece.type === 'close') this.#open.pop();
    else if (piece.type === 'fields') Object.assign(target as object, piece.fields);
    else for (const item of piece.items) (target as unknown[]).push(item);
  }

  get whole(): unknown {
    return this.#whole;
  }

  #begin({ key, isList }: ResultPiece & { type: 'open' }, target: unknown[] | Record<string, unknown> | undefined) {
    const begun = isList ? [] : {};
    this.#open.push(begun);
    if (target === undefined) this.#whole = begun;
    else if (Array.isArray(target)) target.push(begun);
    else target[key as string] = begun;
  }
}
