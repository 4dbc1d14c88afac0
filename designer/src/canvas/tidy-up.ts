import { type Flow, handlesOf } from '@crossdock/flow-model';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { CARD_WIDTH, type Manifests, type Point } from './canvas-types.ts';
import { placeNodes, snap } from './place-nodes.ts';
import { cardHeight } from './to-react-flow.ts';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '80',
  'elk.spacing.nodeNode': '48',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Places for all nodes, from left to right without crossings where that can be; computed in a worker. */
export async function tidyUp(flow: Flow, manifests: Manifests): Promise<Readonly<Record<string, Point>>> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  const elk = new Elk({ workerFactory: () => new Worker(workerUrl) });
  try {
    const undoing = new Set(flow.nodes.flatMap(({ compensate }) => compensate ?? []));
    const laid = await elk.layout(
      toElk({ ...flow, nodes: flow.nodes.filter(({ id }) => !undoing.has(id)) }, manifests),
    );
    const nodes = Object.fromEntries((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, snap({ x, y })]));
    // Nodes that only undo have no edges to be laid out by: they find their places below what they undo.
    return Object.fromEntries(placeNodes({ ...flow, layout: { nodes } }));
  } finally {
    elk.terminateWorker();
  }
}

/** The flow as ELK takes it. Ports keep the order of the handles, so that cases leave from top to bottom. */
function toElk(flow: Flow, manifests: Manifests): ElkNode {
  const children = flow.nodes.map((node) => {
    const manifest = manifests.get(node.type);
    const handles = manifest ? handlesOf(node, manifest) : { in: [], out: [] };
    const height = cardHeight(handles.out.length);
    return {
      id: node.id,
      width: CARD_WIDTH,
      height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        ...portsOf(node.id, 'in', handles.in, 0, height),
        ...portsOf(node.id, 'out', handles.out, CARD_WIDTH, height),
      ],
    };
  });
  const nodes = new Set(children.map(({ id }) => id));
  const ports = new Set(children.flatMap((child) => child.ports.map(({ id }) => id)));
  const end = (nodeId: string, side: Side, handle: string) => {
    const id = portId(nodeId, side, handle);
    return [ports.has(id) ? id : nodeId];
  };
  return {
    id: '$flow',
    layoutOptions: OPTIONS,
    children,
    edges: flow.edges
      .filter((edge) => nodes.has(edge.source) && nodes.has(edge.target))
      .map((edge) => ({
        id: edge.id,
        sources: end(edge.source, 'out', edge.sourceHandle),
        targets: end(edge.target, 'in', edge.targetHandle),
      })),
  };
}

type Side = 'in' | 'out';

const portId = (nodeId: string, side: Side, handle: string) => `${nodeId}/${side}/${handle}`;

function portsOf(nodeId: string, side: Side, handles: readonly string[], x: number, height: number) {
  return handles.map((handle, index) => ({
    id: portId(nodeId, side, handle),
    x,
    y: (height * (index + 1)) / (handles.length + 1),
    width: 0,
    height: 0,
  }));
}
