/**
 * `pnpm bench orders`: one order of 20 lines by HTTP POST → JSONata mapping → POST to a downstream system that counts. Crossdock with interval
 * sync and with fsync on every message, and Node-RED 5 on the same work, taking turns in one run; figures are ratios of medians. Then Crossdock
 * alone at half its peak: how long an order takes from the hook to downstream. Node-RED is measured when its script lies beside the project
 * (`../shared/bench/node-red.sh`) and wrk is installed. `BENCH_SECONDS` is the loaded part of a run, `BENCH_ROUNDS` how many runs each has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { deployFlow } from '../fixtures/flows.ts';
import { startRuntime } from '../fixtures/runtime.ts';
import { median } from './figures/median.ts';
import { type Downstream, startDownstream } from './orders/downstream.ts';
import { hasWrk, pressHard, pressSteadily } from './orders/load.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CONNECTIONS = 32;
const TARGETS = { interval: 4, always: 2, p99Ms: 50 };
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const mapping = readFileSync(here('mapping.jsonata'), 'utf8');
const nodeRedScript = here('../../../shared/bench/node-red.sh');

type Sync = 'interval' | 'always';

console.log(`Median of ${ROUNDS} runs of ${SECONDS} s; load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
const hasNodeRed = existsSync(nodeRedScript) && hasWrk();
if (!hasNodeRed) console.log('Node-RED is not measured: it needs ../shared/bench and wrk');
const rates: Record<Sync, number[]> = { interval: [], always: [] };
const nodeRed: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (const sync of ['interval', 'always'] as const) rates[sync].push(await withCrossdock(sync, peak));
  if (hasNodeRed) nodeRed.push(measureNodeRed());
}
for (const sync of ['interval', 'always'] as const) {
  const name = sync === 'interval' ? 'interval sync' : 'fsync on every message';
  console.log(`Crossdock, ${name}: ${median(rates[sync]).toFixed(0)} orders/s from hook to downstream`);
}
if (hasNodeRed) {
  console.log(`Node-RED, in memory: ${median(nodeRed).toFixed(0)} orders/s`);
  for (const sync of ['interval', 'always'] as const) {
    const ratio = median(rates[sync]) / median(nodeRed);
    console.log(
      `Ratio to Node-RED, ${sync}: ${ratio.toFixed(2)} × (${verdict(ratio >= TARGETS[sync], TARGETS[sync])})`,
    );
  }
}
const perSecond = Math.round(median(rates.interval) / 2);
const times = await withCrossdock('interval', (url, downstream) => latencies(url, downstream, perSecond));
const [p50, p99] = [0.5, 0.99].map((share) => times[Math.ceil(times.length * share) - 1] ?? Number.NaN) as [
  number,
  number,
];
console.log(
  `At half the peak, ${perSecond} orders/s: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (${verdict(p99 <= TARGETS.p99Ms, TARGETS.p99Ms)})`,
);

async function withCrossdock<Result>(
  sync: Sync,
  measure: (url: string, downstream: Downstream) => Promise<Result>,
): Promise<Result> {
  const downstream = await startDownstream();
  const egress = `127.0.0.1:${downstream.port}`;
  const runtime = await startRuntime({
    env: { CROSSDOCK_NATS_SYNC: sync, CROSSDOCK_EGRESS_ALLOW: egress, CROSSDOCK_LOG_LEVEL: 'warn' },
  });
  try {
    await deployFlow(runtime, benchFlow(`http://${egress}/orders`));
    const url = `${runtime.url}/hooks/dev/bench/orders`;
    await pressHard(url, { connections: CONNECTIONS, seconds: 2 });
    await downstream.holds(1);
    return await measure(url, downstream);
  } finally {
    await runtime.stop();
    downstream.stop();
  }
}

/** Orders a second until the last one is through. */
async function peak(url: string, downstream: Downstream): Promise<number> {
  await quiet(downstream);
  await downstream.reset();
  const startedAt = Date.now();
  const accepted = await pressHard(url, { connections: CONNECTIONS, seconds: SECONDS });
  const { arrived, lastAt } = await downstream.holds(accepted);
  return (arrived / (lastAt - startedAt)) * 1000;
}

/** Milliseconds from when an order was due at the hook to its arrival downstream, in ascending order. */
async function latencies(url: string, downstream: Downstream, perSecond: number): Promise<number[]> {
  await quiet(downstream);
  await downstream.reset();
  const dueAt = await pressSteadily(url, { perSecond, seconds: SECONDS, connections: CONNECTIONS });
  const { at } = await downstream.holds(dueAt.size);
  return [...dueAt].map(([orderNo, due]) => (at.get(orderNo) ?? Number.NaN) - due).sort((a, b) => a - b);
}

/** Until nothing has arrived for half a second. */
async function quiet(downstream: Downstream): Promise<void> {
  for (let before = -1; ; ) {
    const { arrived } = await downstream.figures();
    if (arrived === before) return;
    before = arrived;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function benchFlow(url: string) {
  return {
    formatVersion: 1,
    id: 'bench-orders',
    name: 'Bench orders',
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: 'bench/orders', method: 'POST' } },
      { id: 'map', type: 'transform', config: { mapping } },
      { id: 'sink', type: 'http.request', config: { method: 'POST', url, body: '= $' } },
    ],
    edges: [
      { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
      { id: 'e2', source: 'map', sourceHandle: 'out', target: 'sink', targetHandle: 'in' },
    ],
    settings: { businessKeys: { orderNo: 'name' }, concurrency: 256 },
  };
}

function measureNodeRed(): number {
  const { stdout } = spawnSync('bash', [nodeRedScript], {
    encoding: 'utf8',
    env: { ...process.env, SECONDS_RUN: String(SECONDS), CONNECTIONS: String(CONNECTIONS) },
  });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

function verdict(isReached: boolean, target: number): string {
  return `target ${target}: ${isReached ? 'reached' : 'not reached'}`;
}
