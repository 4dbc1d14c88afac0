/**
 * `pnpm bench neighbours`: what executions notice of a mapping in the same worker that runs to its deadline. Orders come to a hook so many a second,
 * are mapped and posted downstream; p99 of how long they take, alone and beside an execution of each hostile mapping, in turns. `BENCH_ROUNDS` is how
 * often each is measured.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTILE } from '@crossdock/mapping/testing';
import { deployFlow } from '../fixtures/flows.ts';
import { startRuntime } from '../fixtures/runtime.ts';
import { median } from './figures/median.ts';
import { startDownstream } from './orders/downstream.ts';
import { pressSteadily } from './orders/load.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const TARGET = 2;
const PER_SECOND = 50;
/** A hundred orders, while the hostile one still runs. */
const SECONDS = 2;
const HOSTILE_MS = 3500;
const NAMES = [
  ...['backtracking in $contains', 'backtracking that only a kill stops', '$pad', 'a range', 'ranges in a path'],
  ...['deep recursion', 'endless tail calls'],
];
const mapping = readFileSync(new URL('mapping.jsonata', import.meta.url), 'utf8');

console.log(
  `Medians of ${ROUNDS} p99s of ${PER_SECOND * SECONDS} orders; load of the machine before: ${loadavg()[0]?.toFixed(1)}`,
);
const downstream = await startDownstream();
const egress = `127.0.0.1:${downstream.port}`;
const runtime = await startRuntime({ env: { CROSSDOCK_EGRESS_ALLOW: egress, CROSSDOCK_LOG_LEVEL: 'error' } });
await deployFlow(runtime, flowOf('orders', mapping));
for (let warming = 0; warming < 3; warming++) await p99();
for (const name of NAMES) await measure(name);
await runtime.stop();
downstream.stop();

async function measure(name: string): Promise<void> {
  const { source, input } = HOSTILE.find((hostile) => hostile.name === name) ?? { source: '' };
  await deployFlow(runtime, flowOf('hostile', source));
  const body = JSON.stringify(input?.() ?? {});
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await p99());
    await fetch(`${runtime.url}/hooks/dev/hostile`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    beside.push(await p99());
    await sleep(HOSTILE_MS - SECONDS * 1000);
  }
  const ratio = median(beside) / median(alone);
  const verdict = `target below ${TARGET}: ${ratio < TARGET ? 'reached' : 'not reached'}`;
  console.log(
    `${name}: alone ${ms(median(alone))}, beside it ${ms(median(beside))}, ratio ${ratio.toFixed(2)} (${verdict})`,
  );
}

/** Milliseconds from when an order was due at the hook to its arrival downstream. */
async function p99(): Promise<number> {
  await downstream.reset();
  const dueAt = await pressSteadily(`${runtime.url}/hooks/dev/orders`, {
    perSecond: PER_SECOND,
    seconds: SECONDS,
    connections: 8,
  });
  const { at } = await downstream.holds(dueAt.size);
  const took = [...dueAt].map(([orderNo, due]) => (at.get(orderNo) ?? Number.NaN) - due).sort((a, b) => a - b);
  return took[Math.ceil(took.length * 0.99) - 1] ?? Number.NaN;
}

function flowOf(id: string, source: string) {
  return {
    formatVersion: 1,
    id: `neighbours-${id}`,
    name: id,
    nodes: [
      { id: 'hook', type: 'webhook', config: { path: id, method: 'POST' } },
      { id: 'map', type: 'transform', config: { mapping: source } },
      { id: 'sink', type: 'http.request', config: { method: 'POST', url: `http://${egress}/orders`, body: '= $' } },
    ],
    edges: [
      { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' },
      { id: 'e2', source: 'map', sourceHandle: 'out', target: 'sink', targetHandle: 'in' },
    ],
    settings: {},
  };
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
