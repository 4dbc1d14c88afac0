import type { Flow, Issue, NodeManifest } from '@crossdock/flow-model';
import type { NodeProblems } from '../../canvas/index.ts';
import type { InspectorTab } from './editor-store.ts';
import { mappingField } from './mapping-field.ts';

/** The browser's issues, and those of the runtime that the browser did not find. Errors come first. */
export function mergeIssues(local: readonly Issue[], remote: readonly Issue[]): readonly Issue[] {
  const seen = new Set(local.map(keyOf));
  const all = [...local, ...remote.filter((issue) => !seen.has(keyOf(issue)))];
  return all.toSorted((left, right) => rank(left) - rank(right));
}

/** How many errors and warnings each node has, for its badge. */
export function problemsByNode(issues: readonly Issue[]): ReadonlyMap<string, NodeProblems> {
  const byNode = new Map<string, { errors: number; warnings: number }>();
  for (const { nodeId, severity } of issues) {
    if (nodeId === undefined) continue;
    const problems = byNode.get(nodeId) ?? { errors: 0, warnings: 0 };
    problems[severity === 'error' ? 'errors' : 'warnings']++;
    byNode.set(nodeId, problems);
  }
  return byNode;
}

/** Where an issue is mended: the node, the tab of the inspector, and the place below the node. */
export function placeOf(
  issue: Issue,
  flow: Flow,
  manifests: ReadonlyMap<string, NodeManifest>,
): { nodeId: string | undefined; tab: InspectorTab; path: string } {
  const [, index, rest] = /^\/nodes\/(\d+)(\/.*)?$/.exec(issue.path) ?? [];
  const node = flow.nodes.find(({ id }) => id === issue.nodeId) ?? (index ? flow.nodes[Number(index)] : undefined);
  const path = index === undefined ? issue.path : (rest ?? '');
  return { nodeId: node?.id, tab: fieldTab(node && manifests.get(node.type), path), path };
}

/** The tab of the inspector that has a field; `path` is its JSON Pointer below the node. */
export function fieldTab(manifest: NodeManifest | undefined, path: string): InspectorTab {
  const mapping = manifest && mappingField(manifest);
  if (mapping && path === `/config/${mapping}`) return 'mapping';
  const isReliability = /^\/(retry|timeoutMs|onError|breaker|rateLimit|compensate|idempotency|onDoubt)\b/.test(path);
  return isReliability ? 'reliability' : 'settings';
}

/** The name that the issue's node has on its card; `undefined` for an issue of the whole flow. */
export function nodeNameOf(
  nodeId: string | undefined,
  flow: Flow,
  manifests: ReadonlyMap<string, NodeManifest>,
): string | undefined {
  const node = flow.nodes.find(({ id }) => id === nodeId);
  return node && (node.name || manifests.get(node.type)?.title || node.id);
}

const keyOf = (issue: Issue): string => `${issue.code} ${issue.path}`;
const rank = (issue: Issue): number => (issue.severity === 'error' ? 0 : 1);
