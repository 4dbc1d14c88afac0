import { complementOf, LINE_ENDS } from './char-set.ts';
import { ignoringCase } from './ignore-case.ts';
import { parseClass, readAtomEscape } from './regex-escapes.ts';
import { NOTHING, type RegexNode, type RegexTree } from './regex-tree.ts';

/** Nested deeper than this, a pattern is refused: what walks the tree recurses. */
const MAX_NESTING = 250;

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

/** Thrown for what a valid pattern asks beyond what is supported. */
export class RegexTooLarge extends Error {}

/** What is known of a pattern's groups before it is read: a `\2` means another thing where there is no second group. */
export interface GroupNames {
  readonly count: number;
  readonly indexes: ReadonlyMap<string, readonly number[]>;
}

/**
 * The tree of a pattern which `RegExp` has taken, in the syntax without the flags `u` and `v` (ECMA-262 with annex B).
 * Throws `RegexTooLarge` where it is nested too deeply.
 */
export function parseRegex(source: string, flags: RegexFlags): RegexTree {
  const parser = new Parser(source, groupNames(source));
  const root = parser.choice(flags, 0);
  return { root, groupCount: parser.groups.count, isIrregular: parser.isIrregular };
}

class Parser {
  readonly groups: GroupNames;
  isIrregular = false;
  readonly #source: string;
  #at = 0;
  #opened = 0;

  constructor(source: string, groups: GroupNames) {
    this.#source = source;
    this.groups = groups;
  }

  choice(flags: RegexFlags, depth: number): RegexNode {
    if (depth > MAX_NESTING) throw new RegexTooLarge(`it is nested deeper than ${MAX_NESTING}`);
    const options = [this.#sequence(flags, depth)];
    while (this.#take('|')) options.push(this.#sequence(flags, depth));
    return options.length === 1 ? options[0]! : { type: 'choice', options };
  }

  #sequence(flags: RegexFlags, depth: number): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#source.length && !this.#sees('|') && !this.#sees(')')) {
      const from = this.#opened + 1;
      const term = this.#term(flags, depth);
      parts.push(this.#quantified(term, from));
    }
    return parts.length === 1 ? parts[0]! : parts.length === 0 ? NOTHING : { type: 'concat', parts };
  }

  #term(flags: RegexFlags, depth: number): RegexNode {
    const { multiline, dotAll } = flags;
    if (this.#take('^')) return { type: 'assert', what: multiline ? 'lineStart' : 'start' };
    if (this.#take('$')) return { type: 'assert', what: multiline ? 'lineEnd' : 'end' };
    if (this.#take('\\b')) return { type: 'assert', what: 'word' };
    if (this.#take('\\B')) return { type: 'assert', what: 'notWord' };
    if (this.#take('(')) return this.#group(flags, depth + 1);
    if (this.#take('.')) return { type: 'set', set: complementOf(dotAll ? [] : LINE_ENDS) };
    if (this.#sees('[')) {
      const { set, isNegated, next } = parseClass(this.#source, this.#at);
      this.#at = next;
      const closed = flags.ignoreCase ? ignoringCase(set) : set;
      return { type: 'set', set: isNegated ? complementOf(closed) : closed };
    }
    if (this.#sees('\\')) return this.#escape(flags);
    const unit = this.#source.charCodeAt(this.#at++);
    return setNode([unit, unit], flags);
  }

  #group(flags: RegexFlags, depth: number): RegexNode {
    const look = /^\?(<?)([=!])/.exec(this.#source.slice(this.#at, this.#at + 3));
    if (look) {
      this.#at += look[0].length;
      this.isIrregular = true;
      const body = this.#closed(flags, depth);
      return { type: 'look', isAhead: look[1] === '', isNegative: look[2] === '!', body };
    }
    const modified = /^\?([ims]*)(?:-([ims]*))?:/.exec(this.#source.slice(this.#at, this.#at + 10));
    if (modified) {
      this.#at += modified[0].length;
      return this.#closed(withModifiers(flags, modified[1] ?? '', modified[2] ?? ''), depth);
    }
    if (this.#take('?<')) this.#at = this.#source.indexOf('>', this.#at) + 1;
    this.#opened += 1;
    const index = this.#opened;
    return { type: 'group', index, body: this.#closed(flags, depth) };
  }

  #closed(flags: RegexFlags, depth: number): RegexNode {
    const body = this.choice(flags, depth);
    this.#at += 1;
    return body;
  }

  #escape(flags: RegexFlags): RegexNode {
    const read = readAtomEscape(this.#source, this.#at, this.groups);
    this.#at = read.next;
    if (read.set) return setNode(read.set, flags);
    this.isIrregular = true;
    return { type: 'backreference', groups: read.groups ?? [], ignoreCase: flags.ignoreCase };
  }

  #quantified(body: RegexNode, from: number): RegexNode {
    const quantifier = /[*+?]|\{(\d+)(,?)(\d*)\}/y;
    quantifier.lastIndex = this.#at;
    const counted = quantifier.exec(this.#source);
    if (!counted) return body;
    this.#at += counted[0].length;
    const isGreedy = !this.#take('?');
    const [sign, least, comma, most] = counted;
    const min = least === undefined ? (sign === '+' ? 1 : 0) : boundOf(least);
    const max = least === undefined ? (sign === '?' ? 1 : Infinity) : comma ? (most ? boundOf(most) : Infinity) : min;
    return { type: 'repeat', body, min, max, isGreedy, groups: [from, this.#opened + 1] };
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    const isThere = this.#sees(text);
    if (isThere) this.#at += text.length;
    return isThere;
  }
}

const setNode = (set: readonly number[], { ignoreCase }: RegexFlags): RegexNode => ({
  type: 'set',
  set: ignoreCase ? ignoringCase(set) : set,
});

/** Numbers that no text can reach are the same as none. */
const boundOf = (digits: string): number => (Number(digits) >= 2 ** 31 - 1 ? Infinity : Number(digits));

function withModifiers(flags: RegexFlags, on: string, off: string): RegexFlags {
  const flag = (name: string, before: boolean) => (before || on.includes(name)) && !off.includes(name);
  return {
    ignoreCase: flag('i', flags.ignoreCase),
    multiline: flag('m', flags.multiline),
    dotAll: flag('s', flags.dotAll),
  };
}

function groupNames(source: string): GroupNames {
  const indexes = new Map<string, number[]>();
  let count = 0;
  for (const [token, name] of source.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?!\?)|\(\?<(?![=!])([^>]*)>/g)) {
    if (!token.startsWith('(')) continue;
    count += 1;
    if (name !== undefined) indexes.set(name, [...(indexes.get(name) ?? []), count]);
  }
  return { count, indexes };
}
