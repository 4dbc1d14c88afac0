import { type Node, nodesAround, parseMapping, type Token, tokenAt } from '../syntax/index.ts';
import { type Facts, inferFacts } from './infer.ts';
import type { MappingShapes } from './mapping-shapes.ts';

/** The place in a mapping, half typed perhaps, where somebody is writing. */
export interface Cursor {
  /** What is written there: a field, a variable or function, a string; or what stands between two operands. */
  readonly kind: 'name' | 'variable' | 'string' | 'operator';
  /** The word that is being written, with what of it stands behind the cursor. */
  readonly from: number;
  readonly to: number;
  /** What of it stands before the cursor, without `$`, quote or backtick. */
  readonly begun: string;
  /** The nodes around it, outermost first; the last one is what is being written. */
  readonly path: readonly Node[];
  readonly facts: Facts;
}

/** Stands for what is being written, so that the tree has a node there. */
const MARK = 'cursor\u{1f}';

/** The place at `offset`; nothing inside of comments, numbers and regular expressions. */
export function cursorAt(source: string, offset: number, shapes: MappingShapes): Cursor | undefined {
  const tokens = tokensUpTo(source, offset);
  if (!tokens) return undefined;
  const { at, before } = tokens;
  if (at?.kind === 'number' || at?.kind === 'regex') return undefined;
  if (at?.kind === 'string') return stringCursor(source, at, offset, shapes);
  const isWord = at !== undefined && (at.kind !== 'operator' || /^\w/.test(at.text));
  const [from, to] = isWord ? [at.from, at.to] : [offset, offset];
  const isVariable = at?.kind === 'variable';
  const marked = `${source.slice(0, from)}${isVariable ? '$' : ''}${MARK}${source.slice(to)}`;
  const { root } = parseMapping(marked);
  const path = nodesAround(root, from + 1);
  const begun = source.slice(from, offset).replace(/^[$`]/, '');
  const kind = before && endsOperand(before) ? 'operator' : isVariable ? 'variable' : 'name';
  return { kind, from, to, begun, path, facts: inferFacts(root, shapes) };
}

function stringCursor(source: string, token: Token, offset: number, shapes: MappingShapes): Cursor {
  const { root } = parseMapping(source);
  const from = token.from + 1;
  const to = token.isOpen ? offset : token.to - 1;
  const path = nodesAround(root, token.from + 1);
  return { kind: 'string', from, to, begun: source.slice(from, offset), path, facts: inferFacts(root, shapes) };
}

/** The token that the cursor stands in or behind, and the one before that; undefined inside of a comment. */
function tokensUpTo(source: string, offset: number): { at?: Token; before?: Token } | undefined {
  let before: Token | undefined;
  for (let end = 0; ; ) {
    const token = tokenAt(source, end, !before || !endsOperand(before));
    if (token.kind === 'end' || token.from >= offset) {
      const between = source.slice(end, Math.min(offset, token.from));
      return inComment(between, source.slice(end, token.from)) ? undefined : before ? { before } : {};
    }
    if (token.to >= offset) {
      // Behind a bracket or an operator, behind a closed string or a backtick, something new begins.
      const isBehind = token.to === offset && !token.isOpen && ['string', 'quoted'].includes(token.kind);
      const isSign = token.kind === 'operator' && !/^\w/.test(token.text);
      if (isBehind || isSign) return { before: token };
      return before ? { at: token, before } : { at: token };
    }
    before = token;
    end = token.to;
  }
}

function inComment(before: string, whole: string): boolean {
  const start = before.lastIndexOf('/*');
  if (start < 0) return false;
  const end = whole.indexOf('*/', start + 2);
  return end < 0 || before.length < end + 2;
}

function endsOperand(token: Token): boolean {
  return token.kind === 'operator' ? [')', ']', '}'].includes(token.text) : true;
}
