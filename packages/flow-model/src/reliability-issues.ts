import type { FlowNode } from './document.ts';
import { isKeyless } from './is-keyless.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import type { NodeManifest } from './manifest.ts';

/** What only calls to other systems have. */
const FIELDS_OF_ACTIONS = ['breaker', 'rateLimit', 'compensate', 'idempotency', 'onDoubt'] as const;

/** Issues of fields that say how a call is protected, on nodes that make none. Those that the engine works at itself make none either. */
export function reliabilityIssues(
  node: FlowNode,
  manifest: NodeManifest,
  where: (field: string) => { nodeId: string; path: string },
): Issue[] {
  const isAction = manifest.kind === 'action';
  const calls = isAction && manifest.control === undefined;
  // What a called flow did can be undone like any effect.
  const uses = (field: (typeof FIELDS_OF_ACTIONS)[number]): boolean => (field === 'compensate' ? isAction : calls);
  const idle = FIELDS_OF_ACTIONS.filter((field) => node[field] !== undefined && !uses(field)).map((field) => {
    const details = { path: `"${field}"`, reason: `is not used by the node type "${node.type}"` };
    return makeIssue('FLOW_NODE_CONFIG', { ...where(field), details, fix: 'Remove the field.' });
  });
  if (!calls || node.onDoubt === undefined || isKeyless(node, manifest)) return idle;
  const details = { path: '"onDoubt"', reason: 'does nothing while the target can tell a repeated call' };
  const fix = 'Remove it, or set "idempotency" to "none".';
  return [makeIssue('FLOW_NODE_CONFIG', { ...where('onDoubt'), severity: 'warning', details, fix })];
}
