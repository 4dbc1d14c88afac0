/**
 * One process that accepts triggers of a flow of five nodes and carries their executions out, on the engine and the bus as workers have them:
 *   node fused-run.ts <servers> <replicas> <seconds>
 * Its two effects do nothing. Prints how many executions ended in a second; fails when one did not succeed or an effect ran twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, connectBus, openWorkerSide } from '@crossdock/bus';
import type { NodeRunner } from '@crossdock/connector-sdk';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import { createEngine, createTokens, noConnections, noSeal, noStatuses, noXrefs, systemClock } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { Flow, NodeManifest } from '@crossdock/flow-model';

const [servers = '', replicas = '1', seconds = '5'] = process.argv.slice(2);
/** As many triggers on their way at once, and as many executions in flight, as `bare-pipeline.mjs fused` has. */
const PUBLISHERS = 64;
const IN_FLIGHT = 512;
const DRAIN_MS = 30_000;

const FLOW: Flow = {
  formatVersion: 1,
  id: 'fused',
  name: 'Fused',
  nodes: [
    { id: 'trigger', type: 'webhook', config: { path: 'fused', method: 'POST' } },
    { id: 'map', type: 'transform', config: { mapping: '$' } },
    { id: 'first', type: 'noop', config: {} },
    { id: 'again', type: 'transform', config: { mapping: '$' } },
    { id: 'last', type: 'noop', config: {} },
  ],
  edges: [
    { id: 'e1', source: 'trigger', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
    { id: 'e2', source: 'map', sourceHandle: 'out', target: 'first', targetHandle: 'in' },
    { id: 'e3', source: 'first', sourceHandle: 'out', target: 'again', targetHandle: 'in' },
    { id: 'e4', source: 'again', sourceHandle: 'out', target: 'last', targetHandle: 'in' },
  ],
  settings: { concurrency: IN_FLIGHT },
};
const payload = { x: 'y'.repeat(400) };

const bus = await connectBus({ servers, replicas: Number(replicas), name: 'bench' });
await deploy(bus);
let effects = 0;
let done = 0;
let unwell = 0;
const side = openWorkerSide(bus);
const leases = await work();

const startedAt = Date.now();
const end = startedAt + Number(seconds) * 1000;
let accepted = 0;
await Promise.all(Array.from({ length: PUBLISHERS }, publish));
while (done < accepted && Date.now() < end + DRAIN_MS) await sleep(20);
const rate = done / ((Date.now() - startedAt) / 1000);
console.log(`${rate.toFixed(0)} executions/s, ${done} of ${accepted} done`);
if (unwell > 0 || effects !== 2 * accepted) {
  console.error(`${unwell} did not succeed, ${effects} effects for ${accepted} executions`);
  process.exitCode = 1;
}
await leases.stop(1_000);
await side.flush();
await bus.close();

async function publish(): Promise<void> {
  while (Date.now() < end) {
    const receivedAt = new Date().toISOString();
    const trigger = { flowId: FLOW.id, revision: 1, env: 'dev', nodeId: 'trigger', receivedAt, headers: {}, keys: {} };
    await bus.triggers.accept({ ...trigger, payload });
    accepted++;
  }
}

async function deploy({ registry }: Bus): Promise<void> {
  await registry.putRevision(FLOW.id, 1, FLOW);
  const deployedAt = new Date().toISOString();
  await registry.activate({ deploymentId: 'd', env: 'dev', flowId: FLOW.id, revision: 1, deployedAt });
}

function work(): ReturnType<typeof side.consumeLeases> {
  const noop: NodeManifest = {
    ...(manifestsByType.get('transform') as NodeManifest),
    type: 'noop',
    kind: 'action',
    effect: 'keyed',
    config: { type: 'object', properties: {} },
  };
  const runNoop: NodeRunner = async (input, { emit }) => {
    effects++;
    emit('out', input);
  };
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
        deployed: () => 1,
      },
      seal: noSeal,
      xrefs: noXrefs,
      statuses: noStatuses,
      manifests: new Map([...manifestsByType, ['noop', noop]]),
      runners: new Map<string, NodeRunner>([...runnersByType, ['noop', runNoop]]),
      newToken: createTokens(),
      random: Math.random,
    },
    {
      slots: IN_FLIGHT,
      observer: {
        settled({ status }) {
          if (status === 'succeeded') done++;
          else unwell++;
        },
      },
    },
  );
  // One flow gets half of a worker's leases at most.
  return side.consumeLeases({ concurrency: 2 * IN_FLIGHT }, (lease, signal) => engine.carry(lease, signal));
}
