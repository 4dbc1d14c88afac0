/** A value that has nothing inside. */
export type Scalar = string | number | boolean;

/**
 * What is known of a JSON value: each kind that it may have, with what is known of that kind. Without any kind it has never been seen.
 * `seen` counts values of samples; a schema counts once, its optional fields not at all.
 */
export interface Shape {
  /** Something else than the kinds named here may stand here too. */
  readonly any?: true;
  readonly description?: string;
  readonly null?: { readonly seen: number };
  readonly string?: ScalarShape;
  readonly number?: ScalarShape;
  readonly boolean?: ScalarShape;
  readonly object?: ObjectShape;
  readonly array?: ArrayShape;
}

export type ShapeKind = 'null' | 'string' | 'number' | 'boolean' | 'object' | 'array';

export const SHAPE_KINDS: readonly ShapeKind[] = ['string', 'number', 'boolean', 'object', 'array', 'null'];

export interface ScalarShape {
  readonly seen: number;
  /** A few, short; in a fixed order, so that it does not matter which sample came first. */
  readonly examples: readonly Scalar[];
  /** All values that are allowed, where a schema says so. */
  readonly values?: readonly Scalar[];
  /** A schema's `format`. */
  readonly format?: string;
}

export interface ObjectShape {
  readonly seen: number;
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** A schema allows fields that it does not name. */
  readonly isOpen: boolean;
  /** What fields without a name in `fields` hold. */
  readonly rest?: Shape;
}

export interface FieldShape {
  readonly shape: Shape;
  /** Objects that had it; in fewer than the object's `seen` where it is optional. */
  readonly seen: number;
}

export interface ArrayShape {
  readonly seen: number;
  readonly items: Shape;
}

/** Nothing is known. */
export const ANY: Shape = { any: true };
/** There is no such value, such as the elements of an array that is always empty. */
export const NEVER: Shape = {};

export const STRING: Shape = { string: { seen: 1, examples: [] } };
export const NUMBER: Shape = { number: { seen: 1, examples: [] } };
export const BOOLEAN: Shape = { boolean: { seen: 1, examples: [] } };
export const NULL: Shape = { null: { seen: 1 } };

/** The shape of a value that the mapping itself states. */
export function literalShape(value: Scalar): Shape {
  return { [typeof value]: { seen: 1, examples: [value], values: [value] } };
}

export function arrayOf(items: Shape): Shape {
  return { array: { seen: 1, items } };
}

export const kindsOf = (shape: Shape): ShapeKind[] => SHAPE_KINDS.filter((kind) => shape[kind] !== undefined);

export const isNever = (shape: Shape): boolean => !shape.any && kindsOf(shape).length === 0;

/** A value of the field may be missing. */
export const isOptional = (object: ObjectShape, field: FieldShape): boolean => field.seen < object.seen;

const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_LENGTH = 40;

/** The examples to keep of many. */
export function fewExamples(all: Iterable<Scalar>): Scalar[] {
  const kept: Scalar[] = [];
  for (const value of new Set(all)) {
    const short = typeof value === 'string' && value.length > MAX_EXAMPLE_LENGTH ? shortened(value) : value;
    if (kept.includes(short)) continue;
    kept.push(short);
    kept.sort(byMeaning);
    if (kept.length > MAX_EXAMPLES) kept.pop();
  }
  return kept;
}

const shortened = (text: string): string => `${text.slice(0, MAX_EXAMPLE_LENGTH - 1)}…`;

/** Empty ones last: they tell nothing. */
function byMeaning(a: Scalar, b: Scalar): number {
  const emptiness = Number(a === '') - Number(b === '');
  if (emptiness !== 0) return emptiness;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
