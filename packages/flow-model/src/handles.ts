import type { FlowNode } from './document.ts';
import type { NodeManifest } from './manifest.ts';

/** The handle by which an error leaves a node with `onError: "branch"`. */
export const ERROR_HANDLE = 'error';

/** The docking points of one node, in the order the canvas shows them. */
export interface Handles {
  in: string[];
  out: string[];
}

/**
 * The handles that a node has with its present settings: those of its manifest, one for each item where the manifest says
 * `outPerItemOf` (before the fixed ones), and `error` only with `onError: "branch"`. Triggers take nothing in.
 */
export function handlesOf(node: Pick<FlowNode, 'config' | 'onError'>, manifest: NodeManifest): Handles {
  const isTrigger = manifest.kind === 'trigger';
  const fixed = manifest.handles.out.filter((handle) => handle !== ERROR_HANDLE);
  const branch = node.onError === 'branch' && !isTrigger ? [ERROR_HANDLE] : [];
  return {
    in: isTrigger ? [] : [...manifest.handles.in],
    out: [...new Set([...itemIdsOf(node, manifest), ...fixed, ...branch])],
  };
}

function itemIdsOf(node: Pick<FlowNode, 'config'>, manifest: NodeManifest): string[] {
  const field = manifest.handles.outPerItemOf;
  const items = field === undefined ? undefined : node.config?.[field];
  return Array.isArray(items) ? items.flatMap((item: unknown) => itemIdOf(item) ?? []) : [];
}

/** The handle of one item of `outPerItemOf`, if it has a name for it. */
export function itemIdOf(item: unknown): string | undefined {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
