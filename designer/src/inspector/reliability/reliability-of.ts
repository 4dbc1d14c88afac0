import { DEFAULT_NODE_TIMEOUT_MS, type FlowNode, type NodeManifest, type OnError } from '@crossdock/flow-model';

const DAY_MS = 86_400_000;

export const ON_ERROR: readonly OnError[] = ['stop', 'continue', 'branch'];
export const TIMEOUT = { fallback: DEFAULT_NODE_TIMEOUT_MS, min: 1, max: DAY_MS };

/** Which settings mean something for a node of this type. What the document holds all the same is shown, so that it can be taken away. */
export function reliabilityOf(node: FlowNode, manifest: NodeManifest | undefined) {
  const runs = manifest?.control === undefined;
  const calls = manifest?.effect === 'keyed' || manifest?.connection !== undefined || manifest?.remote !== undefined;
  const remote = manifest?.connection !== undefined || manifest?.remote !== undefined;
  return {
    retry: runs || node.retry !== undefined,
    timeout: runs || node.timeoutMs !== undefined,
    remote: remote || node.breaker !== undefined || node.rateLimit !== undefined,
    doubt: calls || node.idempotency !== undefined || node.onDoubt !== undefined,
    compensate: calls || node.compensate !== undefined,
  };
}

/** The actions of the flow that no edge leads to: they run only to undo. */
export function compensatingNodes(
  flow: { nodes: readonly FlowNode[]; edges: readonly { target: string }[] },
  manifests: ReadonlyMap<string, NodeManifest>,
): readonly FlowNode[] {
  const targets = new Set(flow.edges.map(({ target }) => target));
  return flow.nodes.filter(({ id, type }) => manifests.get(type)?.kind === 'action' && !targets.has(id));
}
