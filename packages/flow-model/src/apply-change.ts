import { FlowError } from '@crossdock/errors';
import type { Flow, FlowEdge, FlowNode, FlowSettings, Layout, Sample } from './document.ts';
import type { FlowTest } from './flow-test.ts';
import { changeLayout, type LayoutChange, withoutNodes } from './layout-change.ts';
import { freeEdgeId } from './new-flow.ts';

/** A place on the canvas. */
export interface Position {
  x: number;
  y: number;
}

/** What may change in a node. `null` or `undefined` takes an optional field away; `config` is replaced whole. */
export type NodePatch = { config?: FlowNode['config'] } & {
  [Field in Exclude<keyof FlowNode, 'id' | 'type' | 'config'>]?: FlowNode[Field] | null;
};

/** The top-level fields that a change may touch. */
type Fields = Pick<Flow, 'name' | 'description' | 'nodes' | 'edges' | 'settings' | 'samples' | 'tests' | 'layout'>;

/** One edit, as a value: what the canvas, the inspector and undo exchange. Ids that do not exist (any more) are passed over. */
export type FlowChange =
  /** Throws `FLOW_DUPLICATE_ID` when a node has that id. */
  | { kind: 'addNode'; node: FlowNode; position?: Position }
  /** Their edges go with them. */
  | { kind: 'removeNodes'; nodeIds: readonly string[] }
  | { kind: 'moveNodes'; positions: Readonly<Record<string, Position>> }
  | { kind: 'updateNode'; nodeId: string; patch: NodePatch }
  /** The node takes the place of the one with its id, edges and all. */
  | { kind: 'replaceNode'; node: FlowNode }
  /** Throws `FLOW_DUPLICATE_ID` when an edge has that id. Whether it is sound is for `canConnect` to say. */
  | { kind: 'addEdge'; edge: FlowEdge }
  | { kind: 'removeEdges'; edgeIds: readonly string[] }
  /** The edge then ends at `inHandle` (default `in`) of the node; a new one leads from its `outHandle` (default `out`) to where the edge ended. */
  | {
      kind: 'insertNodeOnEdge';
      edgeId: string;
      node: FlowNode;
      position?: Position;
      inHandle?: string;
      outHandle?: string;
    }
  | { kind: 'setSettings'; settings: FlowSettings | undefined }
  /** An absent field stays; `description: ""` takes it away. */
  | { kind: 'setMeta'; name?: string; description?: string }
  | { kind: 'setLayout'; layout: Layout | undefined }
  | LayoutChange
  | { kind: 'addSample'; sample: Sample }
  | { kind: 'updateSample'; index: number; sample: Sample }
  | { kind: 'removeSample'; index: number }
  | { kind: 'addTest'; test: FlowTest }
  | { kind: 'updateTest'; index: number; test: FlowTest }
  | { kind: 'removeTest'; index: number }
  /** All of another document but its id: an import, or going back to a revision. */
  | { kind: 'replaceFlow'; flow: Flow }
  /** Puts fields back as they were; what inverses are made of. A field given as `undefined` goes. */
  | { kind: 'restore'; fields: { [Field in keyof Fields]?: Flow[Field] | undefined } }
  /** One step for undo. */
  | { kind: 'batch'; changes: readonly FlowChange[] };

/**
 * Applies one change and gives the new flow with the change that undoes it: applying `inverse` to `flow` gives the flow of before, to the
 * byte. The flow passed in is never changed; what did not change is shared. Throws `FLOW_DUPLICATE_ID` for an id that is taken.
 */
export function applyChange(flow: Flow, change: FlowChange): { flow: Flow; inverse: FlowChange } {
  if (change.kind === 'batch') return applyBatch(flow, change.changes);
  if (change.kind === 'replaceFlow') {
    return { flow: { ...change.flow, id: flow.id }, inverse: { kind: 'replaceFlow', flow } };
  }
  return setFields(flow, change.kind === 'restore' ? change.fields : fieldsAfter(flow, change));
}

type SimpleChange = Exclude<FlowChange, { kind: 'batch' | 'replaceFlow' | 'restore' }>;

function applyBatch(flow: Flow, changes: readonly FlowChange[]): { flow: Flow; inverse: FlowChange } {
  let current = flow;
  const inverses: FlowChange[] = [];
  for (const change of changes) {
    const applied = applyChange(current, change);
    current = applied.flow;
    inverses.unshift(applied.inverse);
  }
  return { flow: current, inverse: { kind: 'batch', changes: inverses } };
}

function setFields(flow: Flow, fields: { [Field in keyof Fields]?: Flow[Field] | undefined }) {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = { ...flow };
  for (const name of Object.keys(fields) as (keyof Fields)[]) {
    before[name] = flow[name];
    if (fields[name] === undefined) delete after[name];
    else after[name] = fields[name];
  }
  return { flow: after as unknown as Flow, inverse: { kind: 'restore', fields: before } as FlowChange };
}

/** The fields that the change sets, with their new values; `undefined` takes one away. */
function fieldsAfter(flow: Flow, change: SimpleChange): { [Field in keyof Fields]?: Flow[Field] | undefined } {
  switch (change.kind) {
    case 'addNode':
      return addNode(flow, change.node, change.position);
    case 'removeNodes':
      return removeNodes(flow, new Set(change.nodeIds));
    case 'moveNodes':
      return { layout: { ...flow.layout, nodes: { ...flow.layout?.nodes, ...change.positions } } };
    case 'updateNode':
      return { nodes: flow.nodes.map((node) => (node.id === change.nodeId ? patchNode(node, change.patch) : node)) };
    case 'replaceNode':
      return { nodes: flow.nodes.map((node) => (node.id === change.node.id ? change.node : node)) };
    case 'addEdge':
      refuseTaken(flow.edges, change.edge.id);
      return { edges: [...flow.edges, change.edge] };
    case 'removeEdges':
      return { edges: flow.edges.filter((edge) => !change.edgeIds.includes(edge.id)) };
    case 'insertNodeOnEdge':
      return insertNodeOnEdge(flow, change);
    case 'setSettings':
      return { settings: change.settings };
    case 'setMeta':
      return {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.description === undefined ? {} : { description: change.description || undefined }),
      };
    case 'setLayout':
      return { layout: change.layout };
    case 'putGroup':
    case 'removeGroup':
    case 'putNote':
    case 'removeNote':
    case 'setTarget':
      return { layout: changeLayout(flow.layout ?? { nodes: {} }, change) };
    case 'addSample':
      return { samples: [...(flow.samples ?? []), change.sample] };
    case 'updateSample':
      return flow.samples?.[change.index] ? { samples: flow.samples.with(change.index, change.sample) } : {};
    case 'removeSample':
      return flow.samples?.[change.index] ? { samples: flow.samples.toSpliced(change.index, 1) } : {};
    case 'addTest':
      return { tests: [...(flow.tests ?? []), change.test] };
    case 'updateTest':
      return flow.tests?.[change.index] ? { tests: flow.tests.with(change.index, change.test) } : {};
    case 'removeTest':
      return flow.tests?.[change.index] ? { tests: flow.tests.toSpliced(change.index, 1) } : {};
  }
}

function addNode(flow: Flow, node: FlowNode, position: Position | undefined) {
  refuseTaken(flow.nodes, node.id);
  const nodes = [...flow.nodes, node];
  if (position === undefined) return { nodes };
  return { nodes, layout: { ...flow.layout, nodes: { ...flow.layout?.nodes, [node.id]: position } } };
}

function removeNodes(flow: Flow, ids: ReadonlySet<string>) {
  const kept = {
    nodes: flow.nodes.filter((node) => !ids.has(node.id)),
    edges: flow.edges.filter((edge) => !ids.has(edge.source) && !ids.has(edge.target)),
  };
  if (flow.layout === undefined) return kept;
  return { ...kept, layout: withoutNodes(flow.layout, ids) };
}

function insertNodeOnEdge(flow: Flow, change: Extract<FlowChange, { kind: 'insertNodeOnEdge' }>) {
  const { node, position, inHandle = 'in', outHandle = 'out' } = change;
  const index = flow.edges.findIndex((edge) => edge.id === change.edgeId);
  const edge = flow.edges[index];
  if (!edge) return {};
  const first = { ...edge, target: node.id, targetHandle: inHandle };
  const second = { ...edge, id: freeEdgeId(flow), source: node.id, sourceHandle: outHandle };
  return { ...addNode(flow, node, position), edges: flow.edges.toSpliced(index, 1, first, second) };
}

function patchNode(node: FlowNode, patch: NodePatch): FlowNode {
  const merged = Object.entries({ ...node, ...patch }).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(merged) as unknown as FlowNode;
}

function refuseTaken(items: readonly { id: string }[], id: string): void {
  if (items.some((item) => item.id === id)) throw new FlowError('FLOW_DUPLICATE_ID', { details: { id } });
}
