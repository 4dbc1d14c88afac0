/** A node of JSONata's syntax tree; fields hold nodes, lists of nodes, or plain values. */
export type Ast = Readonly<Record<string, unknown>>;

/** Every node under `root`, itself included. Without recursion: a long chain of operators nests deeply. */
export function* nodesOf(root: Ast): Generator<Ast> {
  const open: object[] = [root];
  const seen = new Set<object>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (!Array.isArray(next)) yield next as Ast;
    for (const value of Object.values(next)) {
      if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) open.push(value);
    }
  }
}

/** True where an expression can make a sequence far longer than its input: by itself, in a variable, or with `..` and `$eval`. */
export function growsSequences(root: Ast): boolean {
  for (const { type, value } of nodesOf(root)) {
    if (type === 'lambda' || type === 'bind') return true;
    if (type === 'binary' && value === '..') return true;
    if (type === 'variable' && (value === 'eval' || value === 'append')) return true;
  }
  return false;
}
