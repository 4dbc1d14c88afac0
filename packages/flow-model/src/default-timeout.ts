import { DEFAULT_NODE_TIMEOUT_MS } from './document.ts';
import type { NodeManifest } from './manifest.ts';

/** How long one attempt at a node of this type may take where the node does not say it, in ms. */
export const defaultTimeoutMs = (manifest: Pick<NodeManifest, 'timeoutMs'> | undefined): number =>
  manifest?.timeoutMs ?? DEFAULT_NODE_TIMEOUT_MS;
