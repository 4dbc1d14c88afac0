import { manifestsByType } from '@crossdock/connectors/manifests';
import type { ControlKind, Flow, FlowNode } from '@crossdock/flow-model';

/** Ways through a flow's drawing, as a replay from one of its nodes needs them. */
export interface FlowWays {
  node(nodeId: string): FlowNode | undefined;
  controlOf(nodeId: string): ControlKind | undefined;
  /** The nodes behind this one, itself among them. */
  from(nodeId: string): ReadonlySet<string>;
  /** The splits whose `each` leads to this node. */
  splitsAround(nodeId: string): ReadonlySet<string>;
  /** A join behind this node that also waits for something that comes by another way. */
  joinWithOtherWays(nodeId: string): string | undefined;
}

export function waysOf(flow: Flow): FlowWays {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const controlOf = (nodeId: string) => manifestsByType.get(nodes.get(nodeId)?.type ?? '')?.control;
  const from = (...starts: string[]): Set<string> => {
    const seen = new Set(starts);
    for (const nodeId of seen) for (const { source, target } of flow.edges) if (source === nodeId) seen.add(target);
    return seen;
  };
  return {
    node: (nodeId) => nodes.get(nodeId),
    controlOf,
    from,
    splitsAround(nodeId) {
      const splits = flow.nodes.filter(({ id }) => controlOf(id) === 'split');
      const isAround = ({ id }: FlowNode) =>
        from(
          ...flow.edges.filter((edge) => edge.source === id && edge.sourceHandle === 'each').map((e) => e.target),
        ).has(nodeId);
      return new Set(splits.filter(isAround).map(({ id }) => id));
    },
    joinWithOtherWays(nodeId) {
      const behind = from(nodeId);
      return [...behind].find(
        (id) =>
          id !== nodeId &&
          controlOf(id) === 'join' &&
          flow.edges.some(({ source, target }) => target === id && !behind.has(source)),
      );
    },
  };
}
