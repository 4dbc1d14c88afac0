/** To copy less to a thread takes well below what the event loop may be kept from. */
const COPIED_AT_ONCE = 1024 * 1024;
/** About as many characters make a slice. */
const SLICE_LENGTH = 64 * 1024;

/** What is longer names one object many times, which a copy does not write out. */
const MAX_LENGTH = 256 * 1024 * 1024;

/**
 * Large data as the slices of its JSON, so that whoever sends it may do other work between two of them; undefined for what is small, and for what
 * JSON has no words for.
 */
export function slicesOf(value: unknown): Iterable<string> | undefined {
  return sizeOf(value, COPIED_AT_ONCE) > COPIED_AT_ONCE ? slices(value) : undefined;
}

/** Thrown between two slices where it turns out that JSON has no words for what is there. */
export class NotJson extends Error {}

function* slices(value: unknown): Generator<string> {
  let slice = '';
  let length = 0;
  for (const part of parts(value)) {
    slice += part;
    if (slice.length < SLICE_LENGTH) continue;
    length += slice.length;
    if (length > MAX_LENGTH) throw new NotJson();
    yield slice;
    slice = '';
  }
  yield slice;
}

function* parts(value: unknown): Generator<string> {
  const size = sizeOf(value, SLICE_LENGTH);
  if (Number.isNaN(size)) throw new NotJson();
  if (size <= SLICE_LENGTH) yield JSON.stringify(value);
  else if (typeof value === 'string') yield* textParts(value);
  else if (Array.isArray(value)) yield* listParts(value);
  else yield* objectParts(value as Record<string, unknown>);
}

function* textParts(text: string): Generator<string> {
  yield '"';
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = from + SLICE_LENGTH;
    // Both halves of a surrogate pair stay together: each alone is written otherwise.
    if ((text.charCodeAt(to) & 0xfc00) === 0xdc00) to++;
    yield JSON.stringify(text.slice(from, to)).slice(1, -1);
  }
  yield '"';
}

function* listParts(list: readonly unknown[]): Generator<string> {
  let opening = '[';
  for (const item of list) {
    yield opening;
    yield* parts(item);
    opening = ',';
  }
  yield list.length > 0 ? ']' : '[]';
}

function* objectParts(object: Record<string, unknown>): Generator<string> {
  let opening = '{';
  for (const key of Object.keys(object)) {
    yield `${opening}${JSON.stringify(key)}:`;
    yield* parts(object[key]);
    opening = ',';
  }
  yield opening === '{' ? '{}' : '}';
}

/** Characters as JSON, at least; counted until there are more than `most`. Not a number for what is no JSON, as far as it was looked at. */
function sizeOf(value: unknown, most: number): number {
  switch (typeof value) {
    case 'string':
      return value.length + 2;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? 8 : Number.NaN;
    case 'boolean':
      return 5;
    case 'object':
      return value === null ? 4 : sizeOfObject(value, most);
    default:
      return Number.NaN;
  }
}

function sizeOfObject(value: object, most: number): number {
  let size = 2;
  if (Array.isArray(value)) {
    // Lists have marks of the evaluation's own, if any: those are no data.
    for (let at = 0; at < value.length && size <= most; at++) size += 1 + sizeOf(value[at], most - size);
    return size;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return Number.NaN;
  for (const key in value) {
    if (size > most) break;
    size += key.length + 4 + sizeOf((value as Record<string, unknown>)[key], most - size);
  }
  return size;
}
