import { manifestsByType } from '@crossdock/connectors/manifests';
import type { Flow } from '@crossdock/flow-model';

/** A node that names a flow which it calls. */
export interface FlowCall {
  nodeId: string;
  nodeName: string;
  /** Place of the node in the document. */
  index: number;
  flowId: string;
}

/** The calls of a flow, as far as they name whom they call. */
export function flowCalls({ nodes }: Flow): FlowCall[] {
  return nodes.flatMap(({ id, name = id, type, config }, index) => {
    const flowId = manifestsByType.get(type)?.control === 'call' ? config.flowId : undefined;
    return typeof flowId === 'string' ? [{ nodeId: id, nodeName: name, index, flowId }] : [];
  });
}
