import { defaultTimeoutMs, type Flow, type FlowNode, type NodeManifest, type OnError } from '@crossdock/flow-model';

const DAY_MS = 86_400_000;

export const ON_ERROR: readonly OnError[] = ['stop', 'continue', 'branch'];

/** What the timeout of one try may be, and what it is by the node's type where the node says nothing. */
export const timeoutOf = (manifest: NodeManifest | undefined) => ({
  fallback: defaultTimeoutMs(manifest),
  min: 1,
  max: DAY_MS,
});

/** Which settings mean something for a node of this type. What the document holds all the same is shown, so that it can be taken away. */
export function reliabilityOf(node: FlowNode, manifest: NodeManifest | undefined) {
  // The engine works at control nodes itself: nothing of theirs is called, so nothing is tried again or held up.
  // What a called flow did can be undone.
  const runs = manifest?.control === undefined;
  const isEffect = runs && manifest?.effect === 'keyed';
  return {
    retry: runs || node.retry !== undefined,
    timeout: runs || node.timeoutMs !== undefined,
    remote: isEffect || node.breaker !== undefined || node.rateLimit !== undefined,
    doubt: isEffect || node.idempotency !== undefined || node.onDoubt !== undefined,
    compensate: manifest?.effect === 'keyed' || node.compensate !== undefined,
  };
}

/** The actions of the flow that stand apart from its edges: they run only to undo. */
export function compensatingNodes(
  flow: Pick<Flow, 'nodes' | 'edges'>,
  manifests: ReadonlyMap<string, NodeManifest>,
): readonly FlowNode[] {
  const connected = new Set(flow.edges.flatMap(({ source, target }) => [source, target]));
  return flow.nodes.filter(({ id, type }) => manifests.get(type)?.kind === 'action' && !connected.has(id));
}
