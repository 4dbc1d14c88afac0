import type { CharSet } from './char-set.ts';

/** A parsed pattern. Flags, also those inside it, are already in its sets and assertions. */
export type RegexNode =
  | { readonly type: 'set'; readonly set: CharSet }
  | { readonly type: 'concat'; readonly parts: readonly RegexNode[] }
  | { readonly type: 'choice'; readonly options: readonly RegexNode[] }
  | RepeatNode
  | { readonly type: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly type: 'assert'; readonly what: Assertion }
  | { readonly type: 'look'; readonly isAhead: boolean; readonly isNegative: boolean; readonly body: RegexNode }
  | { readonly type: 'backreference'; readonly groups: readonly number[]; readonly ignoreCase: boolean };

export interface RepeatNode {
  readonly type: 'repeat';
  readonly body: RegexNode;
  readonly min: number;
  /** Infinity where it is open. */
  readonly max: number;
  readonly isGreedy: boolean;
  /** The groups inside, which each turn forgets: from the first to before the second. */
  readonly groups: readonly [from: number, to: number];
}

export type Assertion = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'notWord';

export interface RegexTree {
  readonly root: RegexNode;
  readonly groupCount: number;
  /** Look-ahead, look-behind or back-references are in it. */
  readonly isIrregular: boolean;
}

export const NOTHING: RegexNode = { type: 'concat', parts: [] };

/** Whether the node may match without taking a unit; true where that is not known. */
export function isNullable(node: RegexNode): boolean {
  switch (node.type) {
    case 'set':
      return false;
    case 'concat':
      return node.parts.every(isNullable);
    case 'choice':
      return node.options.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'group':
      return isNullable(node.body);
    default:
      return true;
  }
}

/** Whether each match begins where the text, or a line of it, does. */
export function isAnchored(node: RegexNode, where: 'start' | 'lineStart' = 'start'): boolean {
  switch (node.type) {
    case 'concat': {
      const decisive = node.parts.find((part) => !isZeroWidth(part) || isAnchored(part, where));
      return decisive !== undefined && isAnchored(decisive, where);
    }
    case 'choice':
      return node.options.every((option) => isAnchored(option, where));
    case 'repeat':
      return node.min > 0 && isAnchored(node.body, where);
    case 'group':
      return isAnchored(node.body, where);
    default:
      return node.type === 'assert' && node.what === where;
  }
}

const isZeroWidth = (node: RegexNode): boolean => node.type === 'assert' || node.type === 'look';
