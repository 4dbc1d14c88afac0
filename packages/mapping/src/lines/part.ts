import type { NamesInView } from './view.ts';

/** UTF-16 units from 0; `to` is behind the last one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Names that lead to a value: from the mapping's input, or from a variable that is given to it, whose name with `$` is then the first. Lists have no
 * step of their own, as in JSONata: `line_items.sku` is the field of each.
 */
export type SourcePath = readonly string[];

/** What makes one value of the target. Its span is that of the text that draws it, without a block or a call around it. */
export type Part = ObjectPart | ListPart | LoopPart | ValuePart;

/** `{ … }` with names that are written out. */
export interface ObjectPart extends Span {
  readonly kind: 'object';
  readonly fields: readonly FieldPart[];
  /** What an expression in it can name. */
  readonly view: NamesInView;
}

export interface FieldPart {
  readonly name: string;
  readonly key: Span;
  /** The whole of the text behind the colon. */
  readonly value: Span;
  readonly part: Part;
}

/** `[ … ]` */
export interface ListPart extends Span {
  readonly kind: 'list';
  readonly items: readonly ItemPart[];
  readonly view: NamesInView;
}

export interface ItemPart {
  readonly value: Span;
  readonly part: Part;
}

/** `each` is made once for each value that is found at `over`. */
export interface LoopPart extends Span {
  readonly kind: 'loop';
  readonly each: ObjectPart | ListPart;
  /** The text that finds them. */
  readonly over: Span;
  /** The source that they come from, where one can be told. */
  readonly source: SourcePath | undefined;
  /** Some are left out, or they are put into another order. */
  readonly isChosen: boolean;
  readonly reads: readonly SourcePath[];
}

/** An expression: `copied` gives a value of the source as it is, `constant` reads nothing of it. */
export interface ValuePart extends Span {
  readonly kind: 'value';
  readonly how: 'copied' | 'computed' | 'constant';
  /** What it is made of, each once. */
  readonly reads: readonly SourcePath[];
}

/** Where a value stands in what the mapping makes: names of fields and places in lists; a loop has no step of its own. */
export type Address = readonly (string | number)[];

export const samePath = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((step, at) => step === b[at]);

/** Whether `path` is `start` or leads on from it. */
export const beginsWith = (path: readonly unknown[], start: readonly unknown[]): boolean =>
  start.length <= path.length && start.every((step, at) => step === path[at]);
