import { type CharSet, LINE_ENDS, WORD_UNITS } from './char-set.ts';
import { RegexTooLarge } from './parse-regex.ts';
import { type Assertion, isNullable, NOTHING, type RegexNode, type RepeatNode } from './regex-tree.ts';
import { type UnitClasses, unitClassesOf } from './unit-classes.ts';

/** A pattern longer than this as a program is refused; repeats with numbers are copied out. */
const MAX_INSTRUCTIONS = 20_000;
const MAX_NODES = 100_000;
/** Instructions times what each way to one remembers of groups: as much may be copied for a single unit of text. */
const MAX_REMEMBERED = 400_000;
/** Loops around one another whose turns may take nothing. */
export const MAX_LOOPS = 29;

/** What an instruction does; `a` and `b` are its operands. */
export const OP = {
  /** Takes one unit that is in set `a`. */
  set: 0,
  /** Goes on at `a`, and at `b` where that fails. */
  split: 1,
  jump: 2,
  /** Remembers the position in slot `a`. */
  save: 3,
  /** Forgets the slots from `a` to before `b`. */
  forget: 4,
  /** Begins a turn of a loop, which is the `a`th around this place. */
  enter: 5,
  /** Ends that turn; fails where it took nothing. */
  leave: 6,
  /** `a` is an index in `ASSERTIONS`. */
  assert: 7,
  match: 8,
} as const;

export const ASSERTIONS: readonly Assertion[] = ['start', 'end', 'lineStart', 'lineEnd', 'word', 'notWord'];

export interface RegexProgram {
  readonly length: number;
  readonly ops: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly slots: number;
  /** Which units no set and no assertion tells apart. */
  readonly classes: UnitClasses;
  readonly usesWords: boolean;
  readonly usesLines: boolean;
}

/** Throws `RegexTooLarge`. The tree holds neither look-around nor back-references. */
export function compileProgram(root: RegexNode, groupCount: number): RegexProgram {
  const builder = new ForwardBuilder();
  builder.emitNode({ type: 'group', index: 0, body: root });
  return builder.finish((groupCount + 1) * 2);
}

/** Takes the same texts from their end to their beginning, without regard to order and groups. */
export function compileReversed(root: RegexNode): RegexProgram {
  const builder = new BackwardBuilder();
  builder.emitNode(root);
  return builder.finish(0);
}

const MIRRORED: Readonly<Record<Assertion, Assertion>> = {
  start: 'end',
  end: 'start',
  lineStart: 'lineEnd',
  lineEnd: 'lineStart',
  word: 'word',
  notWord: 'notWord',
};

abstract class Builder {
  readonly #code: [op: number, a: number, b: number][] = [];
  readonly #sets = new Map<string, number>();
  readonly #setList: CharSet[] = [];
  readonly #asserted = new Set<Assertion>();
  #nodes = 0;

  protected abstract inOrder(parts: readonly RegexNode[]): readonly RegexNode[];
  protected abstract assertion(what: Assertion): Assertion;
  protected abstract emitGroup(index: number, body: RegexNode): void;
  /** One turn of a loop; an `optional` one must take something. */
  protected abstract emitTurn(repeat: RepeatNode, optional: boolean): void;

  emitNode(node: RegexNode): void {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw new RegexTooLarge('its repeats come to too much');
    switch (node.type) {
      case 'set':
        this.emit(OP.set, this.#setIndex(node.set));
        return;
      case 'concat':
        for (const part of this.inOrder(node.parts)) this.emitNode(part);
        return;
      case 'choice':
        this.#emitChoice(node.options);
        return;
      case 'repeat':
        this.#emitRepeat(node);
        return;
      case 'group':
        this.emitGroup(node.index, node.body);
        return;
      case 'assert':
        this.#asserted.add(node.what);
        this.emit(OP.assert, ASSERTIONS.indexOf(this.assertion(node.what)));
        return;
      default:
        throw new TypeError(`a ${node.type} has no instructions`);
    }
  }

  finish(slots: number): RegexProgram {
    this.emit(OP.match);
    if (this.#code.length * slots > MAX_REMEMBERED) throw new RegexTooLarge('it has too many groups for its size');
    const usesLines = this.#asserted.has('lineStart') || this.#asserted.has('lineEnd');
    const usesWords = this.#asserted.has('word') || this.#asserted.has('notWord');
    const context = [...(usesLines ? [LINE_ENDS] : []), ...(usesWords ? [WORD_UNITS] : [])];
    return {
      length: this.#code.length,
      ops: Uint8Array.from(this.#code, ([op]) => op),
      a: Int32Array.from(this.#code, ([, a]) => a),
      b: Int32Array.from(this.#code, ([, , b]) => b),
      slots,
      classes: unitClassesOf(this.#setList, context),
      usesWords,
      usesLines,
    };
  }

  protected emit(op: number, a = 0, b = 0): number {
    if (this.#code.length >= MAX_INSTRUCTIONS)
      throw new RegexTooLarge(`it comes to more than ${MAX_INSTRUCTIONS} steps with its repeats copied out`);
    return this.#code.push([op, a, b]) - 1;
  }

  #emitChoice(options: readonly RegexNode[]): void {
    const ends: number[] = [];
    for (const [at, option] of options.entries()) {
      if (at === options.length - 1) {
        this.emitNode(option);
        break;
      }
      const split = this.emit(OP.split, this.#code.length + 1);
      this.emitNode(option);
      ends.push(this.emit(OP.jump));
      this.#code[split]![2] = this.#code.length;
    }
    for (const end of ends) this.#code[end]![1] = this.#code.length;
  }

  #emitRepeat(repeat: RepeatNode): void {
    const { min, max, body } = repeat;
    if (max === 0 || body === NOTHING) return;
    const isLoop = max === Infinity;
    // The last of the turns that must be is the loop's own where each turn takes something.
    const isPlus = isLoop && min > 0 && !isNullable(body);
    for (let turn = isPlus ? 1 : 0; turn < min; turn++) this.emitTurn(repeat, false);
    if (isPlus) {
      const begin = this.#code.length;
      this.emitTurn(repeat, false);
      this.#emitSplit(repeat, begin, this.#code.length + 1);
    } else if (isLoop) {
      const split = this.emit(OP.split);
      this.emitTurn(repeat, true);
      this.emit(OP.jump, split);
      this.#setSplit(repeat, split, split + 1, this.#code.length);
    } else this.#emitOptional(repeat, max - min);
  }

  #emitOptional(repeat: RepeatNode, turns: number): void {
    const splits: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      splits.push(this.emit(OP.split));
      this.emitTurn(repeat, true);
    }
    for (const split of splits) this.#setSplit(repeat, split, split + 1, this.#code.length);
  }

  #emitSplit(repeat: RepeatNode, again: number, after: number): void {
    this.#setSplit(repeat, this.emit(OP.split), again, after);
  }

  #setSplit({ isGreedy }: RepeatNode, split: number, again: number, after: number): void {
    this.#code[split] = [OP.split, isGreedy ? again : after, isGreedy ? after : again];
  }

  #setIndex(set: CharSet): number {
    const key = set.join();
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    this.#sets.set(key, this.#setList.length);
    return this.#setList.push(set) - 1;
  }
}

class ForwardBuilder extends Builder {
  #loops = 0;

  protected override inOrder(parts: readonly RegexNode[]): readonly RegexNode[] {
    return parts;
  }

  protected override assertion(what: Assertion): Assertion {
    return what;
  }

  protected override emitGroup(index: number, body: RegexNode): void {
    this.emit(OP.save, index * 2);
    this.emitNode(body);
    this.emit(OP.save, index * 2 + 1);
  }

  protected override emitTurn({ body, groups: [from, to] }: RepeatNode, optional: boolean): void {
    const isChecked = optional && isNullable(body);
    if (isChecked) this.#loops += 1;
    if (this.#loops > MAX_LOOPS) throw new RegexTooLarge('too many loops lie in one another');
    if (isChecked) this.emit(OP.enter, this.#loops);
    if (from < to) this.emit(OP.forget, from * 2, to * 2);
    this.emitNode(body);
    if (isChecked) this.emit(OP.leave, this.#loops);
    if (isChecked) this.#loops -= 1;
  }
}

class BackwardBuilder extends Builder {
  protected override inOrder(parts: readonly RegexNode[]): readonly RegexNode[] {
    return parts.toReversed();
  }

  protected override assertion(what: Assertion): Assertion {
    return MIRRORED[what];
  }

  protected override emitGroup(_index: number, body: RegexNode): void {
    this.emitNode(body);
  }

  protected override emitTurn({ body }: RepeatNode): void {
    this.emitNode(body);
  }
}
