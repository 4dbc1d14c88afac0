import type { Flow, FlowNode } from './document.ts';

/**
 * The nodes as one reads a flow: each after the first node that leads to it, branch by branch, from the heads (nodes that no edge leads to) in
 * the document's order. What only a cycle leads to comes last. Every node is there once.
 */
export function readingOrder({ nodes, edges }: Pick<Flow, 'nodes' | 'edges'>): FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const targets = Map.groupBy(edges, ({ source }) => source);
  const isTarget = new Set(edges.map(({ target }) => target));
  const read = new Set<string>();
  const heads = [...nodes.filter(({ id }) => !isTarget.has(id)), ...nodes];
  for (const head of heads) {
    const open = [head.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (read.has(id) || !byId.has(id)) continue;
      read.add(id);
      open.push(...(targets.get(id) ?? []).map(({ target }) => target).reverse());
    }
  }
  return [...read].flatMap((id) => byId.get(id) ?? []);
}
