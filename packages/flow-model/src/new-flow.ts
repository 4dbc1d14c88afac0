import type { Flow, FlowNode } from './document.ts';
import type { ConfigField, NodeManifest } from './manifest.ts';

/** An empty flow. `id` must be `[a-z0-9-]{1,64}`. */
export function newFlow(id: string, name: string): Flow {
  return { formatVersion: 1, id, name, nodes: [], edges: [] };
}

/**
 * A new node of this type with the defaults of its settings. Without an `id`, or when that is taken in `flow`, it gets a free one made of
 * the type: `http.request` → `httpRequest`, `httpRequest2`. Required settings without a default stay open, and show as issues.
 */
export function defaultNode(manifest: NodeManifest, id: string | undefined, flow: Flow): FlowNode {
  return {
    id: freeNodeId(flow, id ?? baseOf(manifest.type)),
    type: manifest.type,
    ...(manifest.typeVersion === 1 ? {} : { typeVersion: manifest.typeVersion }),
    config: defaultsOf(manifest.config.properties),
  };
}

/** `base` if no node of the flow has it, else `base2`, `base3` … */
export function freeNodeId(flow: Flow, base: string): string {
  return freeId(base, new Set(flow.nodes.map((node) => node.id)));
}

/** The next of `e1`, `e2` … that no edge of the flow has, nor any of `alsoTaken`. */
export function freeEdgeId(flow: Flow, alsoTaken: readonly string[] = []): string {
  const taken = new Set([...flow.edges.map((edge) => edge.id), ...alsoTaken]);
  let number = taken.size + 1;
  while (taken.has(`e${number}`)) number++;
  return `e${number}`;
}

function freeId(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}${number}`)) number++;
  return `${base}${number}`;
}

function baseOf(type: string): string {
  const words = type.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join('') || 'node';
}

function defaultsOf(properties: Readonly<Record<string, ConfigField>>): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(properties)) {
    if (field.default !== undefined) defaults[name] = structuredClone(field.default);
  }
  return defaults;
}
