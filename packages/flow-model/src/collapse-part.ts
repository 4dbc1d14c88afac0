import type { FlowChange } from './apply-change.ts';
import { configExpressions } from './config-expressions.ts';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { extractPart } from './flow-part.ts';
import { ERROR_HANDLE, handlesOf } from './handles.ts';
import type { NodeManifest } from './manifest.ts';
import { defaultNode } from './new-flow.ts';
import { referencesIn } from './node-references.ts';
import { cutSplit } from './split-scope.ts';

type Manifests = ReadonlyMap<string, NodeManifest>;

/** The types that a call of a flow is made of, and what ends or answers the execution that it stands in. */
const CALLED = 'flow.called';
const CALL = 'flow.call';
const RESPOND = 'respond';
const COLUMN = 280;

export type Collapsed =
  | { readonly ok: true; readonly subFlow: Flow; readonly change: FlowChange; readonly callId: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Makes some nodes of a flow a flow of their own, which is called in their place: `subFlow` is to be created, `change` puts the call there as one
 * step of undo. It does the same as before where the nodes begin in one place and end in one; everything else is refused with a sentence that
 * says what to select instead. `places` are where the nodes are shown.
 */
export function collapsePart(
  flow: Flow,
  nodeIds: readonly string[],
  sub: { readonly id: string; readonly name: string },
  manifests: Manifests,
  places: ReadonlyMap<string, { x: number; y: number }>,
): Collapsed {
  const part = partOf(flow, nodeIds, manifests);
  const reason = kindReason(part) ?? entryReason(part) ?? exitReason(part) ?? referenceReason(part);
  const [entry] = part.entering;
  const [called, call] = [manifests.get(CALLED), manifests.get(CALL)];
  if (reason !== undefined || !entry || !called || !call)
    return { ok: false, reason: reason ?? 'This installation has no node types to call flows with.' };

  const at = places.get(entry.target) ?? { x: 0, y: 0 };
  const drawn = extractPart(flow, nodeIds, places);
  const trigger = defaultNode(called, 'called', drawn);
  const first: FlowEdge = {
    id: 'called',
    source: trigger.id,
    sourceHandle: 'out',
    target: entry.target,
    targetHandle: entry.targetHandle,
  };
  const mask = flow.settings?.mask;
  const subFlow: Flow = {
    ...drawn,
    ...sub,
    nodes: [trigger, ...structuredClone(drawn.nodes)],
    edges: [first, ...structuredClone(drawn.edges)],
    ...(mask ? { settings: { mask } } : {}),
    layout: { ...drawn.layout, nodes: { ...drawn.layout?.nodes, [trigger.id]: { x: at.x - COLUMN, y: at.y } } },
  };

  const base = defaultNode(call, undefined, flow);
  const node: FlowNode = { ...base, name: sub.name, config: { ...base.config, flowId: sub.id } };
  const edges = [
    ...part.entering.map((edge) => ({ ...edge, target: node.id, targetHandle: 'in' })),
    ...part.leaving.map((edge) => ({ ...edge, source: node.id, sourceHandle: 'out' })),
  ];
  const changes: FlowChange[] = [
    { kind: 'removeNodes', nodeIds },
    { kind: 'addNode', node, position: at },
    ...edges.map((edge): FlowChange => ({ kind: 'addEdge', edge })),
  ];
  return { ok: true, subFlow, change: { kind: 'batch', changes }, callId: node.id };
}

interface Part {
  readonly flow: Flow;
  readonly manifests: Manifests;
  readonly nodes: readonly FlowNode[];
  readonly ids: ReadonlySet<string>;
  readonly inner: readonly FlowEdge[];
  readonly entering: readonly FlowEdge[];
  readonly leaving: readonly FlowEdge[];
  /** Names of nodes as their cards show them, for a sentence. */
  readonly names: (ids: Iterable<string>) => string;
}

function partOf(flow: Flow, nodeIds: readonly string[], manifests: Manifests): Part {
  const ids = new Set(nodeIds);
  const has = (id: string) => ids.has(id);
  const names = new Map(flow.nodes.map(({ id, name, type }) => [id, name || manifests.get(type)?.title || id]));
  return {
    flow,
    manifests,
    ids,
    nodes: flow.nodes.filter(({ id }) => has(id)),
    inner: flow.edges.filter(({ source, target }) => has(source) && has(target)),
    entering: flow.edges.filter(({ source, target }) => !has(source) && has(target)),
    leaving: flow.edges.filter(({ source, target }) => has(source) && !has(target)),
    names: (some) => [...new Set(some)].map((id) => `“${names.get(id) ?? id}”`).join(', '),
  };
}

function kindReason({ nodes, manifests, names }: Part): string | undefined {
  if (nodes.length === 0) return 'Select the nodes that should be a flow of their own.';
  const of = (isIt: (manifest: NodeManifest | undefined) => boolean) =>
    nodes.filter(({ type }) => isIt(manifests.get(type))).map(({ id }) => id);
  const unknown = of((manifest) => manifest === undefined);
  if (unknown.length > 0) return `The type of ${names(unknown)} is unknown; leave it out of the selection.`;
  const triggers = of((manifest) => manifest?.kind === 'trigger');
  if (triggers.length > 0) return `A trigger stays with its flow: leave ${names(triggers)} out of the selection.`;
  const ends = of((manifest) => manifest?.type === RESPOND || manifest?.control === 'stop');
  if (ends.length > 0)
    return `${names(ends)} answers or stops the execution that it stands in, and would do so to another one: leave it out of the selection.`;
  return undefined;
}

function entryReason({ flow, nodes, ids, manifests, inner, entering, names }: Part): string | undefined {
  const entries = new Set(entering.map(({ target, targetHandle }) => JSON.stringify([target, targetHandle])));
  const targets = entering.map(({ target }) => target);
  const [entry] = targets;
  if (entry === undefined) return 'Nothing leads into the selection. Select nodes behind another one.';
  if (entries.size > 1)
    return `Edges lead into the selection in several places (${names(targets)}). Select nodes that begin in one place.`;
  const isJoin = (id: string) =>
    manifests.get(flow.nodes.find((node) => node.id === id)?.type ?? '')?.control === 'join';
  if (isJoin(entry))
    return `${names([entry])} joins what comes from outside: select what leads to it too, or leave it out.`;
  const reached = new Set([entry]);
  for (const id of reached) for (const edge of inner) if (edge.source === id) reached.add(edge.target);
  const apart = nodes.filter(({ id }) => !reached.has(id)).map(({ id }) => id);
  if (apart.length > 0)
    return `${names(apart)} is not behind ${names([entry])}, where the selection begins: leave it out.`;
  const split = cutSplit(
    flow.nodes.filter(({ type }) => manifests.get(type)?.control === 'split').map(({ id }) => id),
    flow.edges,
    ids,
  );
  if (split !== undefined)
    return `Some of what ${names([split])} does for each item is outside the selection: select all of it, or none.`;
  return undefined;
}

function exitReason({ flow, nodes, manifests, inner, leaving, names }: Part): string | undefined {
  const exits = new Set(leaving.map(({ source, sourceHandle }) => JSON.stringify([source, sourceHandle])));
  if (exits.size === 0) return undefined;
  const sources = leaving.map(({ source }) => source);
  if (exits.size > 1)
    return `Edges lead out of the selection in several places (${names(sources)}). Select nodes that end in one place.`;
  const ends = nodes.filter(({ id }) => !inner.some(({ source }) => source === id)).map(({ id }) => id);
  const [exit] = leaving;
  if (!exit || ends.length !== 1 || ends[0] !== exit.source)
    return `The selection ends in several places (${names([...sources, ...ends])}). Select nodes that end in one place.`;
  const node = flow.nodes.find(({ id }) => id === exit.source);
  const manifest = node && manifests.get(node.type);
  const outs = node && manifest ? handlesOf(node, manifest).out.filter((handle) => handle !== ERROR_HANDLE) : [];
  if (outs.length !== 1 || outs[0] !== exit.sourceHandle)
    return `The flow goes on from ${names([exit.source])} by one of several outputs: leave it out, or select what is behind them too.`;
  return undefined;
}

function referenceReason({ flow, ids, manifests, names }: Part): string | undefined {
  for (const node of flow.nodes) {
    const isInside = ids.has(node.id);
    if (node.compensate !== undefined && ids.has(node.compensate) !== isInside)
      return `${names([node.compensate])} undoes ${names([node.id])}: select both, or none.`;
    const manifest = manifests.get(node.type);
    for (const { kind, value } of manifest ? configExpressions(node.config, manifest.config) : []) {
      if (kind === 'json-schema' || typeof value !== 'string') continue;
      const { nodes: named, usesTrigger } = referencesIn(value);
      const across = named.find((id) => flow.nodes.some((other) => other.id === id) && ids.has(id) !== isInside);
      if (across !== undefined)
        return `An expression of ${names([node.id])} reads $nodes.${across}, which the other flow would not have: select both, or pass the value on in the payload.`;
      if (isInside && usesTrigger)
        return `An expression of ${names([node.id])} reads $trigger, which would be what calls the flow: pass the value on in the payload.`;
    }
  }
  return undefined;
}
