import type { FlowNode } from './document.ts';
import type { ConnectionUse, NodeManifest } from './manifest.ts';

/** Whether a node may name a connection as its config is now. */
export function takesConnection(node: FlowNode, manifest: NodeManifest): boolean {
  const use = manifest.connection;
  return use !== undefined && (use.when === undefined || holds(use.when, node, manifest));
}

/** Whether a node cannot work without a connection as its config is now. */
export function needsConnection(node: FlowNode, manifest: NodeManifest): boolean {
  const { required = false, neededWhen } = manifest.connection ?? {};
  return takesConnection(node, manifest) && (required || holds(neededWhen, node, manifest));
}

/** By what the config says, or the default. */
function holds(rule: ConnectionUse['when'], { config }: FlowNode, manifest: NodeManifest): boolean {
  if (rule === undefined) return false;
  return rule.is.includes(config?.[rule.field] ?? manifest.config.properties[rule.field]?.default);
}
