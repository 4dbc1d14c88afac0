import { NEVER_REAL_IN_TRIALS } from '@crossdock/api-contract';
import type { Flow, FlowNode } from '@crossdock/flow-model';
import type { Manifests } from '../canvas/index.ts';

/** A node whose work leads out of Crossdock. */
export interface Effect {
  readonly node: FlowNode;
  readonly title: string;
}

/** The nodes that make calls when effects are real, in the order of the flow. */
export function effectsOf({ nodes }: Pick<Flow, 'nodes'>, manifests: Manifests): Effect[] {
  return nodes.flatMap((node) => {
    const manifest = manifests.get(node.type);
    return manifest?.kind === 'action' && !NEVER_REAL_IN_TRIALS.includes(node.type)
      ? [{ node, title: node.name || manifest.title }]
      : [];
  });
}
