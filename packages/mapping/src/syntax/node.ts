interface Place {
  /** UTF-16 units from 0; `to` is behind the last one. */
  readonly from: number;
  readonly to: number;
}

/** One member for each kind, so that each can be told apart. */
type Each<Kind extends string, Rest> = Kind extends string ? { readonly kind: Kind } & Rest : never;

export type Node = Place &
  (
    | { readonly kind: 'name'; readonly name: string; readonly isQuoted: boolean }
    | { readonly kind: 'variable'; readonly name: string }
    | Each<'string' | 'number' | 'value' | 'regex', { readonly text: string }>
    /** `*`, `**`, `%`, the `?` of a partial application, and the place where something is missing. */
    | Each<'wildcard' | 'descendant' | 'parent' | 'placeholder' | 'missing', unknown>
    | { readonly kind: 'path'; readonly target: Node; readonly step: Node }
    | { readonly kind: 'filter'; readonly target: Node; readonly test: Node }
    /** `target[]` */
    | { readonly kind: 'keep'; readonly target: Node }
    | { readonly kind: 'group'; readonly target: Node; readonly pairs: readonly Pair[] }
    | { readonly kind: 'sort'; readonly target: Node; readonly terms: readonly Node[] }
    /** `target@$name` and `target#$name` */
    | Each<'focus' | 'position', { readonly target: Node; readonly variable: Node }>
    | { readonly kind: 'object'; readonly pairs: readonly Pair[] }
    | Each<'array' | 'block', { readonly items: readonly Node[] }>
    | CallNode
    | LambdaNode
    | { readonly kind: 'condition'; readonly test: Node; readonly then: Node; readonly otherwise?: Node }
    | { readonly kind: 'bind'; readonly variable: Node; readonly value: Node }
    | { readonly kind: 'transform'; readonly pattern: Node; readonly update: Node; readonly remove?: Node }
    | { readonly kind: 'negate'; readonly operand: Node }
    /** Operators between two operands, `~>`, `..`, `?:` and `??` among them. */
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly operatorFrom: number;
        readonly left: Node;
        readonly right: Node;
      }
  );

export type NodeOf<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>;

export interface Pair {
  readonly key: Node;
  readonly value: Node;
}

export interface CallNode extends Place {
  readonly kind: 'call';
  readonly callee: Node;
  readonly args: readonly Node[];
  /** Where `(` stands, and `)` or the end of what was typed. */
  readonly open: number;
  readonly close: number;
  readonly commas: readonly number[];
}

export interface LambdaNode extends Place {
  readonly kind: 'lambda';
  readonly params: readonly Node[];
  readonly body: Node;
}

/** What stands directly below a node, in the order of the source. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'path':
      return [node.target, node.step];
    case 'filter':
      return [node.target, node.test];
    case 'keep':
      return [node.target];
    case 'group':
      return [node.target, ...node.pairs.flatMap(({ key, value }) => [key, value])];
    case 'sort':
      return [node.target, ...node.terms];
    case 'focus':
    case 'position':
      return [node.target, node.variable];
    case 'object':
      return node.pairs.flatMap(({ key, value }) => [key, value]);
    case 'array':
    case 'block':
      return node.items;
    case 'call':
      return [node.callee, ...node.args];
    case 'lambda':
      return [...node.params, node.body];
    case 'condition':
      return node.otherwise ? [node.test, node.then, node.otherwise] : [node.test, node.then];
    case 'bind':
      return [node.variable, node.value];
    case 'transform':
      return node.remove ? [node.pattern, node.update, node.remove] : [node.pattern, node.update];
    case 'negate':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    default:
      return [];
  }
}

/** The nodes that hold `offset`, outermost first. A node holds the places on both its ends. */
export function nodesAround(root: Node, offset: number): Node[] {
  const found: Node[] = [];
  for (let node: Node | undefined = root; node; ) {
    found.push(node);
    const within: Node[] = childrenOf(node).filter(({ from, to }) => from <= offset && offset <= to);
    // Between two that touch, the one that begins here is meant only where no name ends here.
    node = within[0];
  }
  return found;
}
