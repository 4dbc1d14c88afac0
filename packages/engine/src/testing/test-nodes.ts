import type { NodeRunner } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { Flow, FlowEdge, FlowNode, NodeManifest } from '@crossdock/flow-model';

/** What a test node does with one attempt; throws to fail it. Gives the payload to emit, or nothing to hand its input on. */
export type Behaviour = (call: {
  executionId: string;
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

const control = (type: NonNullable<NodeManifest['control']>, parts: Partial<NodeManifest> = {}): NodeManifest =>
  manifest(`test.${type}`, { kind: 'control', effect: 'none', control: type, ...parts });
const anyConfig = (properties: NodeManifest['config']['properties']): NodeManifest['config'] => ({
  type: 'object',
  properties,
});

/** Node types for engine tests: a trigger, a pure node, a switch, an effect, a reply, and those that the engine works at itself. */
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
    control('wait', {
      handles: { in: ['in'], out: ['out', 'timeout'] },
      config: anyConfig({ key: { 'x-expression': true }, until: { 'x-expression': true } }),
    }),
    control('join', {
      config: anyConfig({ mode: { default: 'all' }, as: { default: 'list' }, onTimeout: { default: 'continue' } }),
    }),
    control('split', {
      handles: { in: ['in'], out: ['each', 'done'] },
      config: anyConfig({ items: { 'x-expression': true, default: '= $' }, onItemError: { default: 'stop' } }),
    }),
    control('call', {
      kind: 'action',
      effect: 'keyed',
      config: anyConfig({ payload: { 'x-expression': true, default: '= $' }, wait: { default: true } }),
    }),
    control('stop', { config: anyConfig({ reason: { 'x-expression': true } }) }),
    manifest('flow.called', { kind: 'trigger', effect: 'none', handles: { in: [], out: ['out'] } }),
  ].map((one) => [one.type, one]),
);

/** Runners that ask `behaviour` what to do. */
export function testRunners(behaviour: Behaviour = () => undefined): ReadonlyMap<string, NodeRunner> {
  const behave: NodeRunner = async (input, { config, emit, idempotencyKey, meta, signal }) => {
    const { executionId, nodeId, attempt } = meta;
    emit(
      'out',
      (await behaviour({ executionId, nodeId, input, key: idempotencyKey, attempt, config, signal })) ?? input,
    );
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
  { id: flowId = 'test-flow', ...settings }: NonNullable<Flow['settings']> & { id?: string } = {},
): Flow {
  return {
    formatVersion: 1,
    id: flowId,
    name: 'Test flow',
    nodes: Object.entries(nodes).map(([id, node]) =>
      typeof node === 'string'
        ? { id, type: typeOf(node), config: {} }
        : { config: {}, ...node, id, type: typeOf(node.type) },
    ),
    edges: edges.map(edgeOf),
    settings,
  };
}

const typeOf = (short: string): string => (short.includes('.') ? short : `test.${short}`);

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
