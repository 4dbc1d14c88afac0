import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededChance } from '@crossdock/engine/testing';
import type { Call, Faults, OracleCounts, Outcome } from './oracle.ts';

// The target of chaos tests, in a process of its own so that no test's event loop stands in its way. `POST /to/<target>` is an effect.
const chance = seededChance(Number(process.argv[2] ?? 1));
const calls: Call[] = [];
const applied = new Map<string, Set<string>>();
/** How often each key was called, where the first calls are rejected. */
const repeats = new Map<string, number>();
const faults = new Map<string, Faults & { since: number }>();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
});
// The product keeps its connections; ours are not to end under a call.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit(0));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, what, name = ''] = (request.url ?? '').split('/');
  const body = await readAll(request);
  if (what === 'to') return take(name, request, body, response);
  if (what === 'faults') {
    faults.set(name, { ...(JSON.parse(body) as Faults), since: Date.now() });
    response.end();
  } else if (what === 'counts') response.end(JSON.stringify(counts()));
  else if (what === 'calls') sendCalls(Number(name), response);
  else response.writeHead(404).end();
}

function take(target: string, request: IncomingMessage, body: string, response: ServerResponse): void {
  const at = Date.now();
  const rule = faults.get(target);
  const key = String(request.headers['idempotency-key'] ?? '');
  const outcome = outcomeUnder(rule, at, `${target} ${key}`);
  const { order = '', seq = 0, node = '', execution = '', revision = 0 } = JSON.parse(body || '{}') as Partial<Call>;
  calls.push({ at, target, key, order, seq, node, execution, revision, outcome });
  if (outcome === 'applied' || outcome === 'cut') keysOf(target).add(key);
  const finish = (): void => {
    if (outcome === 'cut' || outcome === 'refused') request.socket.destroy();
    else if (outcome === 'rejected') response.writeHead(rule?.status ?? 503).end();
    else response.setHeader('content-type', 'application/json').end('{"ok":true}');
  };
  if (rule?.delayMs) setTimeout(finish, rule.delayMs);
  else finish();
}

function outcomeUnder(rule: (Faults & { since: number }) | undefined, at: number, call: string): Outcome {
  if (rule === undefined) return 'applied';
  if (rule.rejectFirst !== undefined) {
    const times = (repeats.get(call) ?? 0) + 1;
    repeats.set(call, times);
    if (times <= rule.rejectFirst) return 'rejected';
  }
  if (rule.downForMs !== undefined && at - rule.since < rule.downForMs) return rule.downAs ?? 'rejected';
  const draw = chance.next();
  if (draw < (rule.rejectShare ?? 0)) return 'rejected';
  return draw < (rule.rejectShare ?? 0) + (rule.cutShare ?? 0) ? 'cut' : 'applied';
}

function keysOf(target: string): Set<string> {
  const keys = applied.get(target) ?? new Set();
  applied.set(target, keys);
  return keys;
}

function counts(): OracleCounts {
  return { calls: calls.length, applied: Object.fromEntries([...applied].map(([name, { size }]) => [name, size])) };
}

function sendCalls(from: number, response: ServerResponse): void {
  response.end(JSON.stringify(calls.slice(from, from + 20_000)));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
