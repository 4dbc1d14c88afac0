import type { Facts, MappingShapes, NodeFacts } from '../knowledge/index.ts';
import type { Shape } from '../shape/index.ts';
import type { Node, NodeOf } from '../syntax/index.ts';

export type FindingCode =
  | 'ARRAY_OR_SINGLE'
  | 'CONSTANT_CONDITION'
  | 'DIFFERENT_TYPES'
  | 'INDEX_PER_ITEM'
  | 'MANY_IN_OPERATOR'
  | 'MISSING_DOLLAR'
  | 'MISSING_FIELD'
  | 'NO_UNDEFINED'
  | 'NULL_IS_NOT_MISSING'
  | 'SHADOWED_NAME'
  | 'SINGLE_EXPECTED'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_FUNCTION'
  | 'UNKNOWN_VARIABLE'
  | 'UNUSED_PARAMETER'
  | 'UNUSED_RESULT'
  | 'UNUSED_VARIABLE'
  | 'WRONG_ARGUMENT_COUNT'
  | 'WRONG_OPERAND';

/** Something in a mapping that is likely not what its author means. */
export interface Finding {
  readonly code: FindingCode;
  /** `error`: it fails or never works; `warning`: it does so for some payloads; `hint`: it can be said more plainly. */
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  /** UTF-16 units from 0; `to` is behind the last one. */
  readonly from: number;
  readonly to: number;
  /** What mends it, the best first. */
  readonly fixes: readonly Fix[];
}

export interface Fix {
  /** A verb and what it does. */
  readonly title: string;
  /** They do not overlap; all places are those of the source before any edit. */
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A mapping as the rules of lint see it. */
export interface Linted {
  readonly source: string;
  readonly shapes: MappingShapes;
  readonly root: Node;
  readonly facts: Facts;
  /** All nodes, those around first. */
  readonly nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
  factsOf(node: Node): NodeFacts | undefined;
  /** What the target allows where a node's value goes, as far as it is known. */
  expectedAt(node: Node): Shape | undefined;
  textOf(node: Node): string;
}

/** A rule looks at one node; what belongs to no single node is reported at the one that shows it. */
export type Rule = (node: Node, linted: Linted) => Iterable<Finding>;

/** A finding at a node. */
export function findingAt(
  node: Pick<Node, 'from' | 'to'>,
  code: FindingCode,
  severity: Finding['severity'],
  message: string,
  fixes: readonly Fix[] = [],
): Finding {
  return { code, severity, message, from: node.from, to: node.to, fixes };
}

/** A fix that writes something in the place of a node. */
export function replaceFix({ from, to }: Pick<Node, 'from' | 'to'>, insert: string, title: string): Fix {
  return { title, edits: [{ from, to, insert }] };
}

/** A fix that puts something before and behind a node. */
export function wrapFix({ from, to }: Pick<Node, 'from' | 'to'>, before: string, after: string, title: string): Fix {
  return {
    title,
    edits: [
      { from, to: from, insert: before },
      { from: to, to, insert: after },
    ],
  };
}

/** The text of a node as a message quotes it. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `\`${line.length > 40 ? `${line.slice(0, 39)}…` : line}\``;
}

/** A field that has the name of a variable, which is likely meant. */
export function missingDollar(node: NodeOf<'name'>): Finding {
  return findingAt(
    node,
    'MISSING_DOLLAR',
    'warning',
    `${quoted(node.name)} is a field here. The variable is $${node.name}.`,
    [{ title: `Write $${node.name}`, edits: [{ from: node.from, to: node.from, insert: '$' }] }],
  );
}
