/**
 * `pnpm bench orders`: one order of 20 lines by HTTP POST → JSONata mapping → POST to a downstream system that counts.
 * Crossdock with interval sync and with fsync on every message; Node-RED 5 on the same work in the same run when its
 * script lies beside the project (`../shared/bench/node-red.sh`) and wrk is installed. Figures are ratios of one run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { deployFlow } from '../fixtures/flows.ts';
import { freePort, startRuntime } from '../fixtures/runtime.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const CONNECTIONS = 32;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const order = readFileSync(here('order.json'));
const mapping = readFileSync(here('mapping.jsonata'), 'utf8');

interface Figures {
  perSecond: number;
  accepted: number;
  arrived: number;
}

const interval = await measureCrossdock('interval');
const always = await measureCrossdock('always');
const nodeRed = measureNodeRed();

print('Crossdock, interval sync', interval);
print('Crossdock, fsync on every message', always);
if (nodeRed === undefined) console.log('Node-RED: not measured (needs ../shared/bench and wrk)');
else {
  console.log(`Node-RED: ${nodeRed.toFixed(0)} orders/s, in memory`);
  console.log(
    `Ratio to Node-RED: ${(interval.perSecond / nodeRed).toFixed(2)} × with interval sync, ${(always.perSecond / nodeRed).toFixed(2)} × with fsync on every message`,
  );
}

async function measureCrossdock(sync: 'interval' | 'always'): Promise<Figures> {
  let arrived = 0;
  let lastAt = 0;
  const sink = createServer((incoming, answer) => {
    incoming.resume().on('end', () => {
      arrived++;
      lastAt = Date.now();
      answer.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => sink.listen(port, '127.0.0.1', resolve));
  const runtime = await startRuntime({
    env: { CROSSDOCK_NATS_SYNC: sync, CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${port}`, CROSSDOCK_LOG_LEVEL: 'warn' },
  });
  try {
    await deployFlow(runtime, benchFlow(`http://127.0.0.1:${port}/orders`));
    await load(`${runtime.url}/hooks/dev/bench/orders`, 1, 1);
    await until(() => arrived > 0);
    arrived = 0;
    const startedAt = Date.now();
    const accepted = await load(`${runtime.url}/hooks/dev/bench/orders`, CONNECTIONS, SECONDS);
    await until(() => arrived >= accepted);
    return { perSecond: (arrived / (lastAt - startedAt)) * 1000, accepted, arrived };
  } finally {
    await runtime.stop();
    sink.closeAllConnections();
    sink.close();
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

/** Posts the order over `connections` for `seconds`; gives how many got a 202. wrk where it is installed: it costs less of the two cores. */
async function load(url: string, connections: number, seconds: number): Promise<number> {
  if (hasWrk()) return loadWithWrk(url, connections, seconds);
  const agent = new Agent({ connections });
  const end = Date.now() + seconds * 1000;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (Date.now() < end) {
        const answer = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: order,
          dispatcher: agent,
        });
        await answer.body.dump();
        if (answer.statusCode === 202) accepted++;
      }
    }),
  );
  await agent.close();
  return accepted;
}

function loadWithWrk(url: string, connections: number, seconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', 'post.lua', url], { cwd: here('.') });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => {
      const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
      resolve(Number(/(\d+) requests in/.exec(text)?.[1] ?? 0) - refused);
    });
  });
}

function measureNodeRed(): number | undefined {
  const script = here('../../../shared/bench/node-red.sh');
  if (!existsSync(script) || !hasWrk()) return undefined;
  const { stdout } = spawnSync('bash', [script], {
    encoding: 'utf8',
    env: { ...process.env, SECONDS_RUN: String(SECONDS), CONNECTIONS: String(CONNECTIONS) },
  });
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1];
  return rate === undefined ? undefined : Number(rate);
}

function hasWrk(): boolean {
  return spawnSync('which', ['wrk']).status === 0;
}

/** Until the backlog is through, or nothing has moved for a minute. */
async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!done() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

function print(name: string, { perSecond, accepted, arrived }: Figures): void {
  console.log(
    `${name}: ${perSecond.toFixed(0)} orders/s from hook to downstream (${accepted} accepted, ${arrived} arrived)`,
  );
}
