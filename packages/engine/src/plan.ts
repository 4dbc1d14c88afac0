import type { NodeRunner } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import {
  DEFAULT_FLOW_TIMEOUT_MS,
  DEFAULT_RETRY,
  defaultTimeoutMs,
  type Flow,
  type FlowNode,
  type NodeManifest,
  type RetryPolicy,
} from '@crossdock/flow-model';
import { type ConfigTemplate, templateOf } from './config-template.ts';
import type { EnginePorts } from './ports.ts';

/** Where an edge leads. `offset` numbers the paths that come in by it among all paths to the target. */
export interface Successor {
  edgeId: string;
  nodeId: string;
  offset: number;
}

export interface PlannedNode {
  node: FlowNode;
  manifest: NodeManifest;
  /** Triggers have none. */
  runner: NodeRunner | undefined;
  config: ConfigTemplate;
  retry: RetryPolicy;
  /** Undefined for a pure node without a timeout of its own: mappings have their limits. */
  timeoutMs: number | undefined;
  successors: ReadonlyMap<string, readonly Successor[]>;
  /** An effect that needs a checkpoint lies at this node or after it. */
  reachesEffect: boolean;
  /** Number of paths from a trigger to this node. */
  paths: number;
  /** Something can still arrive at this join while one of these nodes has work to do. */
  upstream: ReadonlySet<string> | undefined;
}

/** A revision made ready to run. */
export interface Plan {
  flow: Flow;
  nodes: ReadonlyMap<string, PlannedNode>;
  mask: readonly string[];
  /** Other flows may give it values that their masks seal: it calls some, or waits for events. */
  hearsOthers: boolean;
  timeoutMs: number;
  /** In a lane, those behind an execution that sleeps pass it. */
  passesSleepers: boolean;
  /** Nodes whose outputs expressions name through `$nodes`; `all` when one uses `$nodes` as a whole. */
  namedNodes: ReadonlySet<string> | 'all';
  /** An expression uses `$trigger`. */
  namesTrigger: boolean;
}

type Types = Pick<EnginePorts, 'manifests' | 'runners'>;

/** Makes the plan of a flow that validation has passed; throws `FLOW_UNKNOWN_NODE_TYPE`, `FLOW_EDGE_DANGLING` or `FLOW_CYCLE`. */
export function planFlow(flow: Flow, types: Types): Plan {
  const manifestOf = new Map(flow.nodes.map((node) => [node.id, manifestFor(node, types)]));
  const pathsTo = countPaths(flow, manifestOf);
  const pathsFrom = (nodeId: string): number => (manifestOf.get(nodeId)?.control === 'join' ? 1 : pathsTo(nodeId));
  const effectsFrom = findEffects(flow, manifestOf);
  const nodes = flow.nodes.map((node): [string, PlannedNode] => {
    const manifest = manifestOf.get(node.id)!;
    return [
      node.id,
      {
        node,
        manifest,
        runner: types.runners.get(node.type),
        config: templateOf(node.config, manifest.config),
        retry: { ...DEFAULT_RETRY, ...node.retry },
        timeoutMs: node.timeoutMs ?? (manifest.effect === 'keyed' ? defaultTimeoutMs(manifest) : undefined),
        successors: successorsOf(flow, node.id, (nodeId) => pathsFrom(nodeId)),
        reachesEffect: effectsFrom(node.id),
        paths: pathsTo(node.id),
        upstream: manifest.control === 'join' ? upstreamOf(flow, node.id) : undefined,
      },
    ];
  });
  const texts = flow.nodes.map((node) => JSON.stringify(node.config));
  return {
    flow,
    nodes: new Map(nodes),
    mask: flow.settings?.mask ?? [],
    hearsOthers: [...manifestOf.values()].some(({ control }) => control === 'call' || control === 'wait'),
    timeoutMs: flow.settings?.timeoutMs ?? DEFAULT_FLOW_TIMEOUT_MS,
    passesSleepers: flow.settings?.orderingBehindWaiting === 'pass',
    namedNodes: nodesNamedIn(texts),
    namesTrigger: texts.some((text) => text.includes('$trigger')),
  };
}

function manifestFor(node: FlowNode, { manifests, runners }: Types): NodeManifest {
  const manifest = manifests.get(node.type);
  const needsRunner = manifest?.kind !== 'trigger' && manifest?.control === undefined;
  if (!manifest || (needsRunner && !runners.has(node.type)))
    throw new FlowError('FLOW_UNKNOWN_NODE_TYPE', { details: { type: node.type, nodeId: node.id } });
  return manifest;
}

function successorsOf(flow: Flow, nodeId: string, pathsTo: (nodeId: string) => number): Map<string, Successor[]> {
  const leaving = flow.edges.filter((edge) => edge.source === nodeId);
  const byHandle = new Map<string, Successor[]>();
  for (const edge of leaving) {
    const incoming = flow.edges.filter((other) => other.target === edge.target);
    const before = incoming.slice(0, incoming.indexOf(edge));
    const offset = before.reduce((sum, other) => sum + pathsTo(other.source), 0);
    const list = byHandle.get(edge.sourceHandle) ?? [];
    byHandle.set(edge.sourceHandle, [...list, { edgeId: edge.id, nodeId: edge.target, offset }]);
  }
  return byHandle;
}

function countPaths(flow: Flow, manifestOf: ReadonlyMap<string, NodeManifest>): (nodeId: string) => number {
  const known = new Map<string, number>();
  const visiting = new Set<string>();
  const count = (nodeId: string): number => {
    const counted = known.get(nodeId);
    if (counted !== undefined) return counted;
    const manifest = manifestOf.get(nodeId);
    if (!manifest) throw new FlowError('FLOW_EDGE_DANGLING', { details: { node: nodeId } });
    if (visiting.has(nodeId)) throw new FlowError('FLOW_CYCLE', { details: { nodes: [...visiting] } });
    visiting.add(nodeId);
    const incoming = flow.edges.filter((edge) => edge.target === nodeId);
    const paths = manifest.kind === 'trigger' ? 1 : incoming.reduce((sum, edge) => sum + countFrom(edge.source), 0);
    visiting.delete(nodeId);
    known.set(nodeId, paths);
    return paths;
  };
  // All that arrives at a join leaves it as one.
  const countFrom = (nodeId: string): number => {
    const paths = count(nodeId);
    return manifestOf.get(nodeId)?.control === 'join' ? 1 : paths;
  };
  for (const { source, target } of flow.edges) count(source) + count(target);
  // A compensating node has no path to it; its arrivals are numbered by the effects they undo.
  return (nodeId) => Math.max(1, count(nodeId));
}

function upstreamOf(flow: Flow, nodeId: string): Set<string> {
  const upstream = new Set<string>();
  const open = [nodeId];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { source, target } of flow.edges) {
      if (target !== node || upstream.has(source)) continue;
      upstream.add(source);
      open.push(source);
    }
  }
  return upstream;
}

function findEffects(flow: Flow, manifestOf: ReadonlyMap<string, NodeManifest>): (nodeId: string) => boolean {
  const known = new Map<string, boolean>();
  const reaches = (nodeId: string): boolean => {
    const found = known.get(nodeId);
    if (found !== undefined) return found;
    const answer =
      manifestOf.get(nodeId)?.effect === 'keyed' ||
      flow.edges.some((edge) => edge.source === nodeId && reaches(edge.target));
    known.set(nodeId, answer);
    return answer;
  };
  return reaches;
}

function nodesNamedIn(texts: readonly string[]): Set<string> | 'all' {
  const named = new Set<string>();
  for (const text of texts) {
    for (const match of text.matchAll(/\$nodes\b(?:\s*\.\s*(?:`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*)))?/g)) {
      const name = match[1] ?? match[2];
      if (name === undefined) return 'all';
      named.add(name);
    }
  }
  return named;
}
