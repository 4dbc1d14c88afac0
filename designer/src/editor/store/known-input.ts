import type { Flow, Sample } from '@crossdock/flow-model';
import { evaluateMapping } from '../../mapper/live-output.ts';
import type { ShownRun } from './editor-store.ts';

/** What is known to arrive at a node for a sample, with the outputs of the nodes before it. */
export type KnownInput =
  | { readonly known: true; readonly input: unknown; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly known: false };

const UNKNOWN: KnownInput = { known: false };

/**
 * What arrives at a node: computed here while only mappings and nodes that hand on what they get stand before it, else taken
 * from the last run on the same sample.
 */
export async function knownInput(
  flow: Flow,
  nodeId: string,
  sample: Sample,
  vars: Readonly<Record<string, unknown>>,
  shownRun: ShownRun | undefined,
): Promise<KnownInput> {
  const recorded = recordedInput(nodeId, sample, shownRun);
  const path = pathTo(flow, nodeId);
  if (!path) return recorded;
  const outputs: Record<string, unknown> = {};
  let payload: unknown = sample.payload;
  for (const node of path) {
    if (node.type === 'transform') {
      const output = await evaluateMapping(String(node.config.mapping ?? ''), payload, {
        trigger: sample.payload,
        nodes: outputs,
        vars,
        meta: { headers: sample.headers ?? {} },
      });
      if (!output.ok) return recorded;
      payload = output.value;
    }
    outputs[node.id] = payload;
  }
  return { known: true, input: payload, outputs };
}

const HANDS_ON = new Set(['transform', 'validate', 'switch', 'respond', 'wait']);

/** An event leaves a wait in the place of what came in; by `timeout` that goes on. */
const givesAnother = ({ type, config }: Flow['nodes'][number], handle: string): boolean =>
  type === 'wait' && config.for === 'event' && handle === 'out';

/** The nodes before a node, trigger first; nothing when they are not one line or do more than map and hand on. */
function pathTo(flow: Flow, nodeId: string) {
  const path: Flow['nodes'] = [];
  let at = nodeId;
  for (;;) {
    const incoming = flow.edges.filter((edge) => edge.target === at);
    const [edge] = incoming;
    if (!edge || incoming.length > 1 || path.length > flow.nodes.length) return undefined;
    const before = flow.nodes.find(({ id }) => id === edge.source);
    if (!before || edge.sourceHandle === 'error') return undefined;
    path.unshift(before);
    if (!flow.edges.some((other) => other.target === before.id)) return path;
    if (!HANDS_ON.has(before.type) || givesAnother(before, edge.sourceHandle)) return undefined;
    at = before.id;
  }
}

function recordedInput(nodeId: string, sample: Sample, shownRun: ShownRun | undefined): KnownInput {
  if (!shownRun || shownRun.sampleName !== sample.name) return UNKNOWN;
  const span = shownRun.run.spans.findLast((candidate) => candidate.nodeId === nodeId);
  if (!span || !('input' in span)) return UNKNOWN;
  const outputs = Object.fromEntries(shownRun.run.spans.map((each) => [each.nodeId, each.output]));
  return { known: true, input: span.input, outputs };
}
