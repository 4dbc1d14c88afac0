import type { FlowNode } from './document.ts';
import type { NodeManifest } from './manifest.ts';

/** True for a node whose target cannot tell a repeated call from a new one: the node's word, else its type's. */
export const isKeyless = (
  node: Pick<FlowNode, 'idempotency'>,
  manifest: Pick<NodeManifest, 'idempotency'> | undefined,
): boolean => (node.idempotency ?? manifest?.idempotency) === 'none';
