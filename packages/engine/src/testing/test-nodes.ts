import type { NodeRunner } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { Flow, FlowEdge, FlowNode, NodeManifest } from '@crossdock/flow-model';

/** What a test node does with one attempt; throws to fail it. Gives the payload to emit, or nothing to hand its input on. */
export type Behaviour = (call: {
  nodeId: string;
  input: unknown;
  key: string;
  attempt: number;
  config: Record<string, unknown>;
  signal: AbortSignal;
}) => unknown | Promise<unknown>;

const manifest = (
  type: string,
  parts: Pick<NodeManifest, 'kind' | 'effect'> & Partial<NodeManifest>,
): NodeManifest => ({
  type,
  typeVersion: 1,
  status: 'stable',
  connector: 'test',
  title: type,
  summary: `Node type ${type} of the engine's tests.`,
  icon: 'flask',
  handles: { in: ['in'], out: ['out'] },
  config: { type: 'object', properties: {} },
  line: '',
  examples: [],
  ...parts,
});

/** Node types for engine tests: a trigger, a pure node, a switch, an effect and a reply. */
export const testManifests: ReadonlyMap<string, NodeManifest> = new Map(
  [
    manifest('test.trigger', { kind: 'trigger', effect: 'none', handles: { in: [], out: ['out'] } }),
    manifest('test.pure', {
      kind: 'transform',
      effect: 'none',
      config: { type: 'object', properties: { value: { 'x-expression': true } } },
    }),
    manifest('test.switch', { kind: 'control', effect: 'none', handles: { in: ['in'], out: ['left', 'right'] } }),
    manifest('test.effect', {
      kind: 'action',
      effect: 'keyed',
      handles: { in: ['in'], out: ['out', 'error'] },
      config: {
        type: 'object',
        properties: { url: { type: 'string', 'x-expression': true }, method: { type: 'string', default: 'POST' } },
      },
      simulated: { status: 200 },
    }),
    manifest('test.reply', { kind: 'control', effect: 'reply' }),
  ].map((one) => [one.type, one]),
);

/** Runners that ask `behaviour` what to do. */
export function testRunners(behaviour: Behaviour = () => undefined): ReadonlyMap<string, NodeRunner> {
  const behave: NodeRunner = async (input, { config, emit, idempotencyKey, meta, signal }) => {
    const { nodeId, attempt } = meta;
    emit('out', (await behaviour({ nodeId, input, key: idempotencyKey, attempt, config, signal })) ?? input);
  };
  return new Map<string, NodeRunner>([
    [
      'test.pure',
      async (input, context) => {
        if ('value' in context.config) context.emit('out', context.config.value);
        else await behave(input, context);
      },
    ],
    ['test.switch', async (input, { emit }) => emit((input as { go?: string }).go ?? 'left', input)],
    ['test.effect', behave],
    [
      'test.reply',
      async (input, { emit, reply }) => {
        await reply({ status: 200, headers: {}, body: input });
        emit('out', input);
      },
    ],
  ]);
}

/** A flow from a shorthand: nodes by id with their type, edges as `a>b` or `a.handle>b`. */
export function testFlow(
  nodes: Record<string, string | (Omit<FlowNode, 'id' | 'config'> & { config?: FlowNode['config'] })>,
  edges: readonly string[],
  settings: Flow['settings'] = {},
): Flow {
  return {
    formatVersion: 1,
    id: 'test-flow',
    name: 'Test flow',
    nodes: Object.entries(nodes).map(([id, node]) =>
      typeof node === 'string'
        ? { id, type: `test.${node}`, config: {} }
        : { config: {}, ...node, id, type: `test.${node.type}` },
    ),
    edges: edges.map(edgeOf),
    settings,
  };
}

/** A failure of the kind a remote system gives. */
export function unavailable(retryAfterMs?: number): FlowError {
  const details = {
    remote: 'the target',
    reason: 'it said so',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  return new FlowError('REMOTE_UNAVAILABLE', { details });
}

function edgeOf(text: string): FlowEdge {
  const [from = '', target = ''] = text.split('>');
  const [source = '', sourceHandle = 'out'] = from.split('.');
  return { id: text, source, sourceHandle, target, targetHandle: 'in' };
}
