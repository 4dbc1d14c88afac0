import { isFunctionValue } from '../run/function-value.ts';
import { countTurn } from '../run/stride.ts';
import type { Run } from '../run.ts';
import { convertPieces, walk } from './text-work.ts';
import { isNumeric } from './truth.ts';

/** JSON as `$string` writes it: numbers with 15 significant digits, functions as empty strings. Throws `D1001` for an infinite number. */
export function jsonText(run: Run, value: unknown, indent: number): string | undefined {
  const measured = new Measured(run, indent);
  const plain = measured.isPlain(value, indent === 0 ? 0 : 1);
  run.checkString(measured.characters);
  walk(run, measured.characters);
  // Without a replacer it is several times as fast.
  const replacer = plain ? undefined : asWritten;
  const written = (part: unknown): string | undefined => JSON.stringify(part, replacer, indent);
  return measured.isLong(value) ? longText(run, value, measured, written) : written(value);
}

function asWritten(_key: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isNumeric(value)) return Number.isInteger(value) ? value : Number(value.toPrecision(15));
  return isFunctionValue(value) ? '' : value;
}

/** What is written in more characters is written for itself, and lots of what is not at once. */
const SHORT = 4096;
const LOT = 256;

/** What is known of a value before it is written. */
class Measured {
  /** At least so many are written for all that was walked. */
  characters = 0;
  readonly indent: number;
  readonly #run: Run;
  readonly #long = new Set<unknown>();

  constructor(run: Run, indent: number) {
    this.#run = run;
    this.indent = indent;
  }

  /** Written at once, many of such would keep the event loop. */
  isLong(value: unknown): boolean {
    return typeof value === 'string' ? value.length > SHORT : this.#long.has(value);
  }

  /** Whether JavaScript's own notation is the one wanted. Counts the characters on the way. */
  isPlain(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'number':
        this.characters++;
        return isPlainNumber(value);
      case 'string':
        this.characters += value.length + 2;
        return true;
      case 'boolean':
      case 'undefined':
        this.characters += 4;
        return true;
      case 'object':
        return value === null ? this.#isPlainNull(depth) : this.#isPlainObject(value, depth);
      default:
        return false;
    }
  }

  #isPlainNull(depth: number): boolean {
    this.characters += 2 + depth * this.indent;
    return true;
  }

  #isPlainObject(value: object, depth: number): boolean {
    const before = this.characters;
    this.characters += 2 + depth * this.indent;
    this.#run.checkString(this.characters);
    // No short way out: all is walked, so that all is counted.
    let plain = !isFunctionValue(value);
    if (Array.isArray(value)) {
      for (let at = 0; at < value.length; at++) {
        countTurn(this.#run, at, value.length);
        this.characters += 1 + depth * this.indent;
        if (!this.isPlain(value[at], depth + 1)) plain = false;
      }
    } else if (plain) {
      const keys = Object.keys(value);
      for (let at = 0; at < keys.length; at++) {
        countTurn(this.#run, at, keys.length);
        const key = keys[at] as string;
        this.characters += key.length + 4 + depth * this.indent;
        if (!this.isPlain((value as Record<string, unknown>)[key], depth + 1)) plain = false;
      }
    }
    if (this.characters - before > SHORT) this.#long.add(value);
    return plain;
  }
}

function isPlainNumber(value: number): boolean {
  // Up to 16 characters, the point among them, are at most 15 digits.
  return Number.isInteger(value) || (Number.isFinite(value) && String(value).length <= 16);
}

/** What is written of one part at once; undefined for what JSON leaves out. */
type Write = (part: unknown) => string | undefined;

/** The same text as `write` makes of it as a whole, made of pieces with a look at the deadline after each. */
function longText(run: Run, value: unknown, measured: Measured, write: Write): string | undefined {
  if (!measured.isLong(value)) {
    const text = write(value);
    if (text !== undefined) walk(run, text.length * STEPS_PER_CHARACTER);
    return text;
  }
  if (typeof value === 'string') return `"${convertPieces(run, value, (piece) => JSON.stringify(piece).slice(1, -1))}"`;
  const isList = Array.isArray(value);
  const parts = isList
    ? listParts(run, value, measured, write)
    : objectParts(run, value as Record<string, unknown>, measured, write);
  let text = isList ? '[' : '{';
  let isFirst = true;
  for (const part of parts) {
    text += isFirst ? part : `,${part}`;
    run.checkString(text.length);
    isFirst = false;
  }
  if (measured.indent > 0 && !isFirst) text += '\n';
  return text + (isList ? ']' : '}');
}

/** Writing takes longer than walking does. */
const STEPS_PER_CHARACTER = 3;

/** Texts between the brackets, commas left out between them. */
function* listParts(run: Run, list: readonly unknown[], measured: Measured, write: Write): Generator<string> {
  for (let from = 0; from < list.length; ) {
    let to = from;
    while (to < list.length && to - from < LOT && !measured.isLong(list[to])) to++;
    if (to > from) {
      yield inner(run, write(list.slice(from, to)) as string, measured);
      from = to;
    } else {
      yield indented(longText(run, list[from], measured, write) as string, measured);
      from++;
    }
  }
}

function* objectParts(run: Run, object: Record<string, unknown>, measured: Measured, write: Write): Generator<string> {
  const between = measured.indent > 0 ? ': ' : ':';
  let lot: [string, unknown][] = [];
  const written = (): string => inner(run, write(Object.fromEntries(lot)) as string, measured);
  for (const key of Object.keys(object)) {
    const value = object[key];
    const isLong = measured.isLong(value);
    if (!isLong) lot.push([key, value]);
    if (lot.length > 0 && (isLong || lot.length === LOT)) {
      const text = written();
      if (text !== '') yield text;
      lot = [];
    }
    if (isLong) yield indented(`${JSON.stringify(key)}${between}${longText(run, value, measured, write)}`, measured);
  }
  const text = lot.length > 0 ? written() : '';
  if (text !== '') yield text;
}

/** What stands between the brackets of a text. */
function inner(run: Run, text: string, { indent }: Measured): string {
  walk(run, text.length * STEPS_PER_CHARACTER);
  return text.slice(1, indent > 0 && text.length > 2 ? -2 : -1);
}

/** A part one level further in. Within its strings no line ends. */
function indented(text: string, { indent }: Measured): string {
  if (indent === 0) return text;
  const margin = `\n${' '.repeat(indent)}`;
  return margin + text.replaceAll('\n', margin);
}
