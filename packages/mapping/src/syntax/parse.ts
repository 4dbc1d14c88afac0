import type { Node, Pair } from './node.ts';
import { type Token, tokenAt } from './token.ts';

export interface SyntaxTree {
  readonly root: Node;
  /** Nothing was missing and nothing left over. */
  readonly isWhole: boolean;
}

/** How tightly what stands between two operands binds; those of JSONata's own parser. */
const BINDING: Readonly<Record<string, number>> = {
  ...{ '[': 80, '(': 80, '@': 80, '#': 80, '.': 75, '{': 70, '*': 60, '/': 60, '%': 60 },
  ...{ '+': 50, '-': 50, '&': 50, '=': 40, '<': 40, '>': 40, '^': 40, '!=': 40, '<=': 40, '>=': 40 },
  ...{ '~>': 40, '?:': 40, '??': 40, in: 40, and: 30, or: 25, '?': 20, ':=': 10 },
};
const CLOSERS = new Set([')', ']', '}']);

/**
 * The tree of a mapping with exact places, also of one that is half typed: what is missing has a node, what is too much is skipped. For
 * a source that JSONata's parser accepts it is the same tree before that parser rebuilds it. Throws RangeError where it nests too deeply.
 */
export function parseMapping(source: string): SyntaxTree {
  return new Parser(source).whole();
}

class Parser {
  readonly #source: string;
  #token: Token;
  #end = 0;
  #isWhole = true;
  /** The list read last ended with its own bracket. */
  #isClosed = true;
  readonly #open: string[] = [];

  constructor(source: string) {
    this.#source = source;
    this.#token = tokenAt(source, 0, true);
  }

  whole(): SyntaxTree {
    const first = this.#expression(0);
    const items = [first];
    while (!this.#isDone()) {
      this.#isWhole = false;
      const { from } = this.#token;
      if (!CLOSERS.has(this.#token.text)) items.push(this.#expression(0));
      if (this.#token.from === from) this.#advance(true);
    }
    const root: Node = items.length === 1 ? first : { kind: 'block', items, from: 0, to: this.#source.length };
    return { root, isWhole: this.#isWhole };
  }

  #advance(operandMayStand: boolean): Token {
    const token = this.#token;
    if (token.isOpen) this.#isWhole = false;
    this.#end = token.to;
    this.#token = tokenAt(this.#source, token.to, operandMayStand);
    return token;
  }

  #at(operator: string): boolean {
    return this.#token.kind === 'operator' && this.#token.text === operator;
  }

  /** Takes an operator, or notes that it is missing; gives where it stands. */
  #expect(operator: string, operandMayStand: boolean): number {
    if (this.#at(operator)) return this.#advance(operandMayStand).from;
    this.#isWhole = false;
    return this.#end;
  }

  #operandAfter(operator: string): Node | undefined {
    if (!this.#at(operator)) return undefined;
    this.#advance(true);
    return this.#expression(0);
  }

  #isDone(): boolean {
    return this.#token.kind === 'end';
  }

  #missing(): Node {
    this.#isWhole = false;
    return { kind: 'missing', from: this.#end, to: this.#end };
  }

  #expression(binding: number): Node {
    let left = this.#operand();
    while (this.#token.kind === 'operator' && binding < (BINDING[this.#token.text] ?? 0)) left = this.#infix(left);
    return left;
  }

  #operand(): Node {
    const { kind, text, from, to } = this.#token;
    switch (kind) {
      case 'end':
        return this.#missing();
      case 'name':
      case 'quoted':
        this.#advance(false);
        return { kind: 'name', name: text, isQuoted: kind === 'quoted', from, to };
      case 'variable':
        this.#advance(false);
        return { kind, name: text, from, to };
      case 'operator':
        return this.#prefix(text, from, to);
      default:
        this.#advance(false);
        return { kind, text, from, to };
    }
  }

  #prefix(operator: string, from: number, to: number): Node {
    switch (operator) {
      case 'and':
      case 'or':
      case 'in':
        this.#advance(false);
        return { kind: 'name', name: operator, isQuoted: false, from, to };
      case '*':
      case '**':
      case '%':
        this.#advance(false);
        return { kind: operator === '*' ? 'wildcard' : operator === '**' ? 'descendant' : 'parent', from, to };
      case '-': {
        this.#advance(true);
        const operand = this.#expression(70);
        return { kind: 'negate', operand, from, to: operand.to };
      }
      case '(': {
        this.#advance(true);
        const items: Node[] = [];
        this.#list(')', ';', () => items.push(this.#expression(0)));
        return { kind: 'block', items, from, to: this.#end };
      }
      case '[': {
        this.#advance(true);
        const items: Node[] = [];
        this.#list(']', ',', () => items.push(this.#rangeOrItem()));
        return { kind: 'array', items, from, to: this.#end };
      }
      case '{': {
        this.#advance(true);
        const pairs = this.#pairs();
        return { kind: 'object', pairs, from, to: this.#end };
      }
      case '|':
        return this.#transform(from);
      default:
        return this.#missing();
    }
  }

  #rangeOrItem(): Node {
    const left = this.#expression(0);
    if (!this.#at('..')) return left;
    const { from: operatorFrom } = this.#advance(true);
    const right = this.#expression(0);
    return { kind: 'binary', operator: '..', operatorFrom, left, right, from: left.from, to: right.to };
  }

  #transform(from: number): Node {
    this.#advance(true);
    const pattern = this.#expression(0);
    this.#expect('|', true);
    const update = this.#expression(0);
    const remove = this.#operandAfter(',');
    this.#expect('|', false);
    return { kind: 'transform', pattern, update, ...(remove ? { remove } : {}), from, to: this.#end };
  }

  #pairs(): Pair[] {
    const pairs: Pair[] = [];
    this.#list('}', ',', () => {
      const key = this.#expression(0);
      this.#expect(':', true);
      pairs.push({ key, value: this.#expression(0) });
    });
    return pairs;
  }

  /** Items up to `close`; a missing separator is passed over, a missing bracket ends the list where the one around it ends. */
  #list(close: string, separator: string, item: () => void): number[] {
    const separators: number[] = [];
    let afterSeparator = false;
    this.#open.push(close);
    while (!this.#isDone() && !this.#at(close)) {
      const { from, text } = this.#token;
      if (CLOSERS.has(text) && this.#token.kind === 'operator') {
        this.#isWhole = false;
        if (this.#open.includes(text)) break;
        this.#advance(true);
        continue;
      }
      item();
      afterSeparator = this.#at(separator);
      if (afterSeparator) separators.push(this.#advance(true).from);
      else if (!this.#isDone() && !CLOSERS.has(this.#token.text)) {
        this.#isWhole = false;
        if (this.#token.from === from) this.#advance(true);
      }
    }
    this.#open.pop();
    if (afterSeparator && separator === ',') this.#isWhole = false;
    this.#isClosed = this.#at(close);
    this.#expect(close, false);
    return separators;
  }

  #infix(left: Node): Node {
    const { text: operator, from: operatorFrom } = this.#advance(true);
    const from = left.from;
    switch (operator) {
      case '.': {
        const step = this.#expression(75);
        return { kind: 'path', target: left, step, from, to: step.to };
      }
      case '[':
        return this.#filter(left);
      case '(':
        return this.#call(left, operatorFrom);
      case '{': {
        const pairs = this.#pairs();
        return { kind: 'group', target: left, pairs, from, to: this.#end };
      }
      case '^': {
        const terms: Node[] = [];
        this.#expect('(', true);
        this.#list(')', ',', () => {
          if (this.#at('<') || this.#at('>')) this.#advance(true);
          terms.push(this.#expression(0));
        });
        return { kind: 'sort', target: left, terms, from, to: this.#end };
      }
      case '@':
      case '#': {
        const variable = this.#expression(80);
        if (variable.kind !== 'variable') this.#isWhole = false;
        return { kind: operator === '@' ? 'focus' : 'position', target: left, variable, from, to: variable.to };
      }
      case '?': {
        const then = this.#expression(0);
        const otherwise = this.#operandAfter(':');
        return { kind: 'condition', test: left, then, ...(otherwise ? { otherwise } : {}), from, to: this.#end };
      }
      case ':=': {
        const value = this.#expression(9);
        if (left.kind !== 'variable') this.#isWhole = false;
        return { kind: 'bind', variable: left, value, from, to: value.to };
      }
      default: {
        const right = this.#expression(operator === '?:' || operator === '??' ? 0 : (BINDING[operator] ?? 0));
        return { kind: 'binary', operator, operatorFrom, left, right, from, to: right.to };
      }
    }
  }

  #filter(target: Node): Node {
    if (this.#at(']')) {
      this.#advance(false);
      return { kind: 'keep', target, from: target.from, to: this.#end };
    }
    this.#open.push(']');
    const test = this.#expression(0);
    this.#open.pop();
    this.#expect(']', false);
    return { kind: 'filter', target, test, from: target.from, to: this.#end };
  }

  #call(callee: Node, open: number): Node {
    const args: Node[] = [];
    const commas = this.#list(')', ',', () => args.push(this.#argument()));
    const close = this.#isClosed ? this.#end - 1 : this.#end;
    const isLambda = callee.kind === 'name' && (callee.name === 'function' || callee.name === 'λ');
    if (!isLambda) return { kind: 'call', callee, args, open, close, commas, from: callee.from, to: this.#end };
    if (this.#at('<')) this.#signature();
    this.#expect('{', true);
    this.#open.push('}');
    const body = this.#expression(0);
    this.#open.pop();
    this.#expect('}', false);
    return { kind: 'lambda', params: args, body, from: callee.from, to: this.#end };
  }

  #argument(): Node {
    const { from, to } = this.#token;
    if (!this.#at('?')) return this.#expression(0);
    this.#advance(false);
    return { kind: 'placeholder', from, to };
  }

  #signature(): void {
    for (let depth = 0; !this.#isDone() && !this.#at('{'); ) {
      if (this.#at('<')) depth++;
      if (this.#at('>')) depth--;
      this.#advance(true);
      if (depth === 0) return;
    }
  }
}
