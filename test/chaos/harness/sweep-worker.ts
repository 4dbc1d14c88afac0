import { connectBus, openWorkerSide } from '@crossdock/bus';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import {
  createEngine,
  createTokens,
  type EnginePorts,
  noConnections,
  noSeal,
  noStatuses,
  noXrefs,
  systemClock,
} from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { request } from 'undici';
import { createCrashPoints } from './crash-points.ts';
import { isFull } from './size.ts';

const [natsUrl = '', crashAt = ''] = process.argv.slice(2);
const points = createCrashPoints({ before: isFull });

const bus = await connectBus({ servers: natsUrl, replicas: 1, name: 'sweep' });
const side = openWorkerSide(bus);
const { around } = points;

const http: EnginePorts['http'] = () => async (call) => {
  const sent = request(call.url, {
    method: call.method as 'POST',
    headers: call.headers,
    body: call.body ?? null,
    signal: call.signal,
  });
  const answer = await sent.catch((cause: unknown) => {
    throw new FlowError('REMOTE_UNAVAILABLE', { details: { remote: 'the oracle' }, cause });
  });
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(await answer.body.arrayBuffer()),
  };
};

const engine = createEngine(
  {
    journal: around('journal', side.journal),
    timers: around('timers', side.timers),
    trace: side.trace,
    deadLetters: around('deadLetters', side.deadLetters),
    replies: side.replies,
    lanes: around('lanes', side.lanes),
    children: around('children', side.children),
    events: around('events', side.events),
    commands: around('commands', side.commands),
    cancels: side.cancels,
    guards: around('guards', side.guards),
    messages: (env) => around('messages', side.messages(env)),
    blobs: around('blobs', bus.blobs),
    http: (env) => around('', { http: http(env) }).http,
    connections: noConnections,
    clock: around('clock', systemClock),
    flows: {
      revision: (flowId, revision) => bus.registry.getRevision(flowId, revision),
      variables: (env) => bus.registry.variables(env),
      deployed: (env, flowId) =>
        bus.registry.deployments().find((active) => active.env === env && active.flowId === flowId)?.revision,
    },
    seal: noSeal,
    xrefs: noXrefs,
    statuses: noStatuses,
    manifests: manifestsByType,
    runners: runnersByType,
    newToken: createTokens(),
    random: Math.random,
  },
  { slots: 16 },
);
process.on('message', (message: { crashAt: number }) => {
  points.arm(message.crashAt);
  process.send?.('armed');
});
if (crashAt !== '') points.arm(Number(crashAt));
await side.consumeLeases({ concurrency: 32 }, (lease, signal) => engine.carry(points.aroundLease(lease), signal));
process.send?.('ready');
