import type { ConfigField, Flow, FlowNode, Sample } from '@crossdock/flow-model';
import { type MappingShapes, optionalShape, type Shape, shapeOfSamples, shapeOfSchema } from '@crossdock/mapping';
import { eventDefinition } from '@crossdock/orders';
import type { KnownInput } from '../editor/store/known-input.ts';

const ANY: Shape = { any: true };

/** What `$meta` holds. */
const META = shapeOfSchema({
  type: 'object',
  required: ['executionId', 'flowId', 'revision', 'env', 'nodeId', 'attempt', 'receivedAt', 'headers', 'key'],
  additionalProperties: false,
  properties: {
    executionId: { type: 'string' },
    flowId: { type: 'string' },
    revision: { type: 'integer' },
    env: { type: 'string' },
    nodeId: { type: 'string' },
    attempt: { type: 'integer', description: 'The first is 1.' },
    receivedAt: { type: 'string', format: 'date-time' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    key: {
      type: 'object',
      description: "The execution's business keys.",
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
    item: {
      type: 'object',
      description: 'The element of a split that the node works on.',
      required: ['index', 'count'],
      additionalProperties: false,
      properties: { index: { type: 'number', description: 'From 0.' }, count: { type: 'number' } },
    },
  },
});

/** What the editor of a node's mappings knows of the values around them. */
export function shapesAtNode(
  flow: Flow,
  nodeId: string,
  inputs: readonly KnownInput[],
  samples: readonly Sample[],
  vars: Readonly<Record<string, unknown>> | undefined,
): MappingShapes {
  const known = inputs.filter((input) => input.known);
  const output = targetOf(flow, nodeId);
  return {
    ...(known.length > 0 ? { input: shapeOfSamples(known.map(({ input }) => input)) } : {}),
    variables: {
      trigger: samples.length > 0 ? shapeOfSamples(samples.map(({ payload }) => payload)) : ANY,
      nodes: outputsOf(flow, nodeId, known),
      vars: vars ? shapeOfSamples([vars]) : ANY,
      meta: META,
    },
    ...(output ? { output } : {}),
  };
}

function outputsOf(flow: Flow, nodeId: string, known: readonly (KnownInput & { known: true })[]): Shape {
  const fields = flow.nodes
    .filter(({ id }) => id !== nodeId)
    .map(({ id }) => {
      const outputs = known.flatMap(({ outputs: all }) => (id in all ? [all[id]] : []));
      return [id, { shape: outputs.length > 0 ? shapeOfSamples(outputs) : ANY, seen: 1 }] as const;
    });
  return { object: { seen: 1, fields: new Map(fields), isOpen: false } };
}

/**
 * What an expression field of a node is to make: as it was said for the node, where `isDescribed` says that this is about the field; the schema of
 * the event that it is the data of; else what its manifest says.
 */
export function targetOfField(
  flow: Flow,
  node: FlowNode,
  field: { readonly name: string; readonly schema: ConfigField | undefined; readonly isDescribed: boolean },
): Shape {
  const said = field.isDescribed ? saidTarget(flow, node.id) : undefined;
  const event = node.type === 'event.emit' && field.name === 'data' && eventDefinition(String(node.config.type));
  return said ?? shapeOfSchema(event ? event.data : field.schema);
}

function saidTarget(flow: Flow, nodeId: string): Shape | undefined {
  const said = flow.layout?.targets?.[nodeId];
  if (!said) return undefined;
  return 'schema' in said ? shapeOfSchema(said.schema) : optionalShape(shapeOfSamples([said.example]));
}

/** What the node is to make: as it was said for it, or the schema that it is checked against next. */
function targetOf(flow: Flow, nodeId: string): Shape | undefined {
  const said = saidTarget(flow, nodeId);
  if (said) return said;
  const next = flow.edges.filter(({ source, sourceHandle }) => source === nodeId && sourceHandle !== 'error');
  const checks = flow.nodes.filter(({ id, type }) => type === 'validate' && next.some(({ target }) => target === id));
  const [check] = checks;
  return next.length === 1 && check ? shapeOfSchema(check.config.schema) : undefined;
}
