import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { fieldName } from './pointer.ts';

/** One field that differs. `before` or `after` is absent where the field is. */
export interface FieldDiff {
  /** Keys that lead to it, such as `['config', 'url']`. */
  keys: string[];
  before?: unknown;
  after?: unknown;
}

/** A node that was added, removed or changed; the fields tell what of one that was changed. */
export interface NodeDiff {
  nodeId: string;
  /** Type and name as they are after it, or were if it is gone. */
  type: string;
  name?: string;
  change: 'added' | 'removed' | 'changed';
  fields: FieldDiff[];
}

export interface EdgeDiff {
  edgeId: string;
  before?: FlowEdge;
  after?: FlowEdge;
}

/** What makes one document differ from another, apart from layout and samples. */
export interface FlowDiff {
  nodes: NodeDiff[];
  edges: EdgeDiff[];
  /** Of the document itself: its name, its description, its settings. */
  fields: FieldDiff[];
  /** Nodes or edges that are in both stand in another order. */
  isReordered: boolean;
}

/**
 * What changed from `before` to `after`, in the order of `after`, what is gone at the end. It is empty (`isEmptyDiff`) exactly where both have one `flowHash`
 * and the same names and descriptions. Arrays of one length differ by element, others as a whole.
 */
export function diffFlows(before: Flow, after: Flow): FlowDiff {
  const [oldNodes, newNodes] = [byId(before.nodes), byId(after.nodes)];
  const [oldEdges, newEdges] = [byId(before.edges), byId(after.edges)];
  return {
    nodes: [
      ...after.nodes.flatMap((node) => nodeDiff(oldNodes.get(node.id), node)),
      ...before.nodes.filter(({ id }) => !newNodes.has(id)).map((node) => wholeNode(node, 'removed')),
    ],
    edges: [
      ...after.edges.flatMap((edge) => edgeDiff(oldEdges.get(edge.id), edge)),
      ...before.edges.filter(({ id }) => !newEdges.has(id)).map((edge) => ({ edgeId: edge.id, before: edge })),
    ],
    fields: differences(meaningOf(before), meaningOf(after), []),
    isReordered: isReordered(before.nodes, after.nodes) || isReordered(before.edges, after.edges),
  };
}

export function isEmptyDiff({ nodes, edges, fields, isReordered: reordered }: FlowDiff): boolean {
  return nodes.length === 0 && edges.length === 0 && fields.length === 0 && !reordered;
}

/** A diff without the values: what a history keeps. */
export interface DiffSummary {
  nodes: { nodeId: string; type: string; name?: string; change: NodeDiff['change']; fields: string[] }[];
  /** Edges that were added, removed or led elsewhere. */
  edges: number;
  /** Fields of the document itself, such as `settings.concurrency`. */
  fields: string[];
}

export function summariseDiff({ nodes, edges, fields }: FlowDiff): DiffSummary {
  const names = (each: readonly FieldDiff[]): string[] => each.map(({ keys }) => fieldName(keys));
  return {
    nodes: nodes.map((node) => ({ ...node, fields: names(node.fields) })),
    edges: edges.length,
    fields: names(fields),
  };
}

function nodeDiff(before: FlowNode | undefined, after: FlowNode): NodeDiff[] {
  if (before === undefined) return [wholeNode(after, 'added')];
  const fields = differences(before, after, []);
  return fields.length === 0 ? [] : [{ ...wholeNode(after, 'changed'), fields }];
}

function wholeNode({ id, type, name }: FlowNode, change: NodeDiff['change']): NodeDiff {
  return { nodeId: id, type, ...(name === undefined ? {} : { name }), change, fields: [] };
}

function edgeDiff(before: FlowEdge | undefined, after: FlowEdge): EdgeDiff[] {
  if (before === undefined) return [{ edgeId: after.id, after }];
  return differences(before, after, []).length === 0 ? [] : [{ edgeId: after.id, before, after }];
}

function meaningOf({ name, description, settings }: Flow): Record<string, unknown> {
  return { name, description, settings };
}

function differences(before: unknown, after: unknown, keys: string[]): FieldDiff[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  if (old && now && (!Array.isArray(before) || old.size === now.size) && Array.isArray(before) === Array.isArray(after))
    return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) =>
      differences(old.get(key), now.get(key), [...keys, key]),
    );
  // Numbers as JSON writes them: -0 is 0.
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ keys, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value).filter(([, child]) => child !== undefined));
}

function isReordered(before: readonly { id: string }[], after: readonly { id: string }[]): boolean {
  const [old, now] = [byId(before), byId(after)];
  const kept = before.filter(({ id }) => now.has(id));
  return after.filter(({ id }) => old.has(id)).some(({ id }, at) => id !== kept[at]?.id);
}

function byId<Item extends { id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}
