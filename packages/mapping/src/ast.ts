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

/** What an expression does that decides how it is guarded. */
export interface Traits {
  /** It can make a sequence far longer than its input: by itself, in a variable, or with `..` and `$eval`. */
  readonly growsSequences: boolean;
  /** It asks for time or chance. */
  readonly usesClock: boolean;
}

const CLOCK_FUNCTIONS = new Set<unknown>(['now', 'millis', 'random', 'shuffle', 'eval']);

export function traitsOf(root: Ast): Traits {
  let growsSequences = false;
  let usesClock = false;
  for (const { type, value } of nodesOf(root)) {
    if (type === 'lambda' || type === 'bind' || (type === 'binary' && value === '..')) growsSequences = true;
    if (type === 'variable' && (value === 'eval' || value === 'append')) growsSequences = true;
    if (type === 'variable' && CLOCK_FUNCTIONS.has(value)) usesClock = true;
  }
  return { growsSequences, usesClock };
}
