/**
 * `pnpm bench engine`: executions of a flow of five nodes, [trigger → transform → effect → transform → effect], on our engine and bus, beside
 * the same three durable writes for each with nothing around them (`../shared/bench/bare-pipeline.mjs fused`). Each run has a process and
 * fresh nats-servers of its own; both take turns. `BENCH_SECONDS` is the loaded part of a run, `BENCH_ROUNDS` how many runs each has.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectBus } from '@crossdock/bus';
import { startNatsCluster, startNatsServer, type TestNatsCluster } from '@crossdock/bus/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { median } from './figures/median.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const TARGET = 0.75;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const barePipeline = here('../../../shared/bench/bare-pipeline.mjs');

interface Setting {
  title: string;
  sync: 'interval' | 'always';
  nodes: 1 | 3;
}

const SETTINGS: readonly Setting[] = [
  { title: 'one server, interval sync', sync: 'interval', nodes: 1 },
  { title: 'one server, fsync on every message', sync: 'always', nodes: 1 },
  { title: 'three copies on three local servers, interval sync', sync: 'interval', nodes: 3 },
];

console.log('Transforms are "$": mapping is not what is measured. 64 publishers and the work in one process.');
console.log(`Median of ${ROUNDS} runs of ${SECONDS} s; load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
const hasBare = existsSync(barePipeline);
if (!hasBare) console.log('The bare pipeline is not measured: ../shared/bench is not there.');
for (const setting of SETTINGS) {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await runOurs(setting));
    if (hasBare) bare.push(await runBare(setting));
  }
  const comparison = hasBare ? `, bare pipeline ${median(bare).toFixed(0)}; ${ratio(ours, bare)}` : '';
  console.log(`${setting.title}: ${median(ours).toFixed(0)} executions/s${comparison}`);
}

function runOurs(setting: Setting): Promise<number> {
  return onFreshServers(setting, async ({ url, cluster }) => {
    if (cluster) {
      await (await connectBus({ servers: url, replicas: 3, name: 'bench' })).close();
      await leadFromFirst(cluster);
    }
    return perSecond([here('engine/fused-run.ts'), url, String(setting.nodes), String(SECONDS)]);
  });
}

function runBare(setting: Setting): Promise<number> {
  return onFreshServers(setting, async ({ url, cluster }) => {
    if (cluster) {
      await makeBareStreams(url);
      await leadFromFirst(cluster);
    }
    return perSecond([barePipeline, 'fused', new URL(url).port, String(SECONDS)]);
  });
}

async function onFreshServers(
  { sync, nodes }: Setting,
  measure: (servers: { url: string; cluster?: TestNatsCluster }) => Promise<number>,
): Promise<number> {
  if (nodes === 1) {
    const server = await startNatsServer({ sync });
    return measure({ url: server.url }).finally(() => server.stop());
  }
  const cluster = await startNatsCluster({ nodes, sync });
  const [first] = cluster.nodes;
  return measure({ url: first?.url ?? '', cluster }).finally(() => cluster.stop());
}

/** Has triggers and journal led by the server that the clients talk to, for both alike: one hop more costs as much as anything measured here. */
async function leadFromFirst({ nodes: [first], leaderOf }: TestNatsCluster): Promise<void> {
  const nc = await connect({ servers: first?.url ?? '' });
  for (const stream of ['EVT', 'JRN']) {
    const wish = JSON.stringify({ placement: { preferred: first?.name } });
    // Refused while its copies are still being made.
    while ((await leaderOf(stream)) !== 0) {
      await nc.request(`$JS.API.STREAM.LEADER.STEPDOWN.${stream}`, wish);
      await sleep(500);
    }
  }
  await nc.close();
}

/** The bare pipeline leaves streams that are there as they are. But for the copies they are as it makes them. */
async function makeBareStreams(url: string): Promise<void> {
  const nc = await connect({ servers: url });
  const jsm = await jetstreamManager(nc);
  await jsm.streams.add({ name: 'EVT', subjects: ['evt.>'], num_replicas: 3 });
  await jsm.streams.add({
    name: 'JRN',
    subjects: ['j.>'],
    num_replicas: 3,
    allow_msg_ttl: true,
    allow_rollup_hdrs: true,
    max_msgs_per_subject: 1,
  });
  await nc.close();
}

/** Runs a process that says how many executions it ended in a second, and that all of them ended. */
function perSecond(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: here('..'), stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const [, rate, done, accepted] = /(\d+) executions\/s, (\d+) of (\d+) done/.exec(text) ?? [];
      if (code === 0 && done !== undefined && done === accepted) resolve(Number(rate));
      else reject(new Error(`${args.join(' ')} ended with ${code}: ${text}`));
    });
  });
}

function ratio(ours: readonly number[], bare: readonly number[]): string {
  const value = median(ours) / median(bare);
  return `ratio ${value.toFixed(2)} (target ${TARGET}: ${value >= TARGET ? 'reached' : 'not reached'})`;
}
