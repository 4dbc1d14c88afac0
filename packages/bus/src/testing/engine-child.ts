import type { NodeRunner } from '@crossdock/connector-sdk';
import { createEngine, createTokens, noConnections, noSeal, noStatuses, noXrefs, systemClock } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { NodeManifest } from '@crossdock/flow-model';
import { connectBus } from '../connect.ts';
import { openWorkerSide } from '../open-worker-side.ts';

// A worker process for crash tests: the engine on the real bus, with one effect that posts its idempotency key to a sink.
const [servers = '', sinkUrl = '', replicas = '1'] = process.argv.slice(2);

const manifestOf = (type: string, kind: NodeManifest['kind'], effect: NodeManifest['effect']): NodeManifest => ({
  type,
  typeVersion: 1,
  kind,
  status: 'stable',
  connector: 'Test',
  title: type,
  summary: type,
  icon: 'box',
  handles: { in: kind === 'trigger' ? [] : ['in'], out: ['out'] },
  config: { type: 'object', properties: { path: {} } },
  line: type,
  effect,
  examples: [],
});

const runSink: NodeRunner = async (input, { idempotencyKey, meta, signal, emit }) => {
  const call = { method: 'POST', body: JSON.stringify({ key: idempotencyKey, nodeId: meta.nodeId, input }), signal };
  const response = await fetch(sinkUrl, call).catch((cause: unknown) => {
    throw new FlowError('REMOTE_UNAVAILABLE', { details: { remote: 'the sink' }, cause });
  });
  await response.text();
  emit('out', input);
};

const bus = await connectBus({ servers, replicas: Number(replicas), name: 'engine child' });
const side = openWorkerSide(bus);
const engine = createEngine(
  {
    ...side,
    blobs: bus.blobs,
    http: () => () => Promise.reject(new FlowError('CONFIG_EGRESS_BLOCKED', { details: { host: 'any' } })),
    connections: noConnections,
    clock: systemClock,
    flows: {
      revision: (flowId, revision) => bus.registry.getRevision(flowId, revision),
      variables: (env) => bus.registry.variables(env),
      deployed: (env, flowId) =>
        bus.registry.deployments().find((active) => active.env === env && active.flowId === flowId)?.revision,
    },
    seal: noSeal,
    xrefs: noXrefs,
    statuses: noStatuses,
    manifests: new Map([
      ['webhook', manifestOf('webhook', 'trigger', 'none')],
      ['sink', manifestOf('sink', 'action', 'keyed')],
    ]),
    runners: new Map([['sink', runSink]]),
    newToken: createTokens(),
    random: Math.random,
  },
  { slots: 16 },
);
await side.consumeLeases({ concurrency: 32 }, (lease, signal) => engine.carry(lease, signal));
