/** A node of the tree that JSONata's parser makes. Which fields it has goes by its type. */
export interface AstNode {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  /** Filters behind anything but a path. */
  readonly predicate?: readonly Stage[];
  readonly group?: Group;
  readonly keepArray?: boolean;
  // Paths and their steps.
  readonly steps?: readonly AstNode[];
  readonly stages?: readonly Stage[];
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
  readonly tuple?: boolean;
  readonly focus?: string;
  readonly index?: string;
  readonly ancestor?: { readonly label: string };
  readonly slot?: { readonly label: string };
  readonly terms?: readonly { readonly descending?: boolean; readonly expression: AstNode }[];
  // Operators, and what else has parts.
  readonly lhs?: AstNode | readonly Pair[];
  readonly rhs?: AstNode;
  readonly expression?: AstNode;
  readonly expressions?: readonly AstNode[];
  readonly condition?: AstNode;
  readonly then?: AstNode;
  readonly else?: AstNode;
  readonly pattern?: AstNode;
  readonly update?: AstNode;
  readonly delete?: AstNode;
  // Functions.
  readonly procedure?: AstNode;
  readonly arguments?: readonly AstNode[];
  readonly body?: AstNode;
  readonly signature?: { readonly definition: string };
  readonly thunk?: boolean;
}

export type Pair = readonly [key: AstNode, value: AstNode];

/** The pairs of an object constructor behind a path. */
export interface Group {
  readonly lhs: readonly Pair[];
  readonly position?: number;
}

/** A filter, or the place where `#$name` numbers the elements that are left. */
export interface Stage {
  readonly type: 'filter' | 'index';
  readonly expr?: AstNode;
  readonly value?: string;
}

/** The nodes directly below one. */
export function* childrenOf(node: AstNode): Generator<AstNode> {
  const { lhs, rhs, expression, condition, pattern, update, procedure, body } = node;
  for (const stage of [...(node.predicate ?? []), ...(node.stages ?? [])]) if (stage.expr) yield stage.expr;
  for (const pair of [...(Array.isArray(lhs) ? (lhs as readonly Pair[]) : []), ...(node.group?.lhs ?? [])]) yield* pair;
  for (const term of node.terms ?? []) yield term.expression;
  yield* node.steps ?? [];
  yield* node.expressions ?? [];
  yield* node.arguments ?? [];
  const rest = [rhs, expression, condition, node.then, node.else, pattern, update, node.delete, procedure, body];
  if (lhs && !Array.isArray(lhs)) yield lhs as AstNode;
  for (const child of rest) if (child) yield child;
}

/** The names that evaluating a node assigns in the frame it is evaluated in. Blocks and functions have frames of their own. */
export function namesBoundBy(node: AstNode, found: Set<string> = new Set()): Set<string> {
  if (node.type === 'bind') found.add((node.lhs as AstNode).value as string);
  if (node.type === 'block') {
    for (const { expr } of node.predicate ?? []) if (expr) namesBoundBy(expr, found);
    for (const pair of node.group?.lhs ?? []) for (const part of pair) namesBoundBy(part, found);
  } else if (node.type !== 'lambda') {
    for (const child of childrenOf(node)) namesBoundBy(child, found);
  } else if (node.thunk) {
    namesBoundBy(node.body as AstNode, found);
  }
  return found;
}

/** Whether a node or one below it is one that `test` takes. */
export function someNode(root: AstNode, test: (node: AstNode) => boolean): boolean {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (test(node)) return true;
    open.push(...childrenOf(node));
  }
  return false;
}

/** The regular expressions that an expression has. */
export function regexesOf(root: AstNode): { readonly regex: RegExp; readonly position: number }[] {
  const found: { regex: RegExp; position: number }[] = [];
  someNode(root, ({ type, value, position = 0 }) => {
    if (type === 'regex' && value instanceof RegExp) found.push({ regex: value, position });
    return false;
  });
  return found;
}
