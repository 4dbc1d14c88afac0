import type { Flow, FlowNode, FlowSettings } from '@crossdock/flow-model';

/** A flow whose nodes follow one another: webhook `path`, then `nodes`. A trigger is one execution however often it is posted. */
export function chainFlow(path: string, nodes: FlowNode[], settings: FlowSettings = {}): Flow {
  return triggeredFlow(path, { type: 'webhook', config: { path, method: 'POST' } }, nodes, {
    dedupeKey: "order & '/' & $string(seq)",
    concurrency: 256,
    ...settings,
  });
}

/** A flow whose nodes follow one another, behind any trigger. */
export function triggeredFlow(
  id: string,
  trigger: Pick<FlowNode, 'type' | 'config'>,
  nodes: FlowNode[],
  settings: FlowSettings = {},
): Flow {
  const chain: FlowNode[] = [{ id: 'hook', ...trigger }, ...nodes];
  const edges = chain.slice(1).map((node, at) => ({
    id: `e${at}`,
    source: chain[at]?.id ?? '',
    sourceHandle: 'out',
    target: node.id,
    targetHandle: 'in',
  }));
  return { formatVersion: 1, id, name: id, nodes: chain, edges, settings };
}

/** An effect at the oracle that says whose it is. Behind a split its name ends in the item's index. */
export function effectNode(id: string, url: string, more: Partial<FlowNode> = {}): FlowNode {
  return {
    id,
    type: 'http.request',
    config: {
      method: 'POST',
      url,
      body: `= { 'order': $trigger.order, 'seq': $trigger.seq, 'node': $meta.nodeId & $string($meta.item.index),
        'execution': $meta.executionId, 'revision': $meta.revision }`,
    },
    retry: { maxAttempts: 30, initialDelayMs: 300, factor: 2, maxDelayMs: 4000, jitter: 0.2 },
    ...more,
  };
}

/** A pure node that makes something small of its input. */
export function mappingNode(id: string, mapping = "{ 'order': $trigger.order, 'seq': $trigger.seq }"): FlowNode {
  return { id, type: 'transform', config: { mapping } };
}
