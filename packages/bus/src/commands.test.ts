import { randomUUID } from 'node:crypto';
import type { Command, Lease } from '@crossdock/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus, partsOf } from './connect.ts';
import { openWorkerSide } from './open-worker-side.ts';
import { STREAMS } from './streams.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';
import type { WorkerSide } from './worker-side.ts';

let server: TestNatsServer;
let bus: Bus;
let api: Bus;
let side: WorkerSide;
let stop: (graceMs: number) => Promise<void>;
const leases: Pick<Lease, 'kind' | 'token' | 'address' | 'command'>[] = [];

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'worker' });
  api = await connectBus({ servers: server.url, replicas: 1, name: 'api' });
  side = openWorkerSide(bus);
  ({ stop } = await side.consumeLeases({ concurrency: 8 }, async (lease) => {
    leases.push(lease);
    lease.ack();
  }));
});
afterAll(async () => {
  await stop(100);
  for (const each of [bus, api]) await each.close();
  await server.stop();
});

const addressOf = (executionId: string) => ({ env: 'dev', flowId: 'orders', executionId });
const leasesOf = (executionId: string) => leases.filter(({ address }) => address.executionId === executionId);

describe('a command', () => {
  it('comes as a lease that says what is asked, with a token of its own', async () => {
    const executionId = randomUUID();
    const commands: Command[] = [
      { type: 'bell' },
      { type: 'cancel', by: 'anna' },
      { type: 'resolve', by: 'anna', nodeId: 'erp', iteration: 0, doubtId: 'd', outcome: 'done', output: { id: 7 } },
    ];
    for (const command of commands) await api.commands.send(addressOf(executionId), command);
    await expect.poll(() => leasesOf(executionId).length, { timeout: 10_000 }).toBe(3);
    const came = leasesOf(executionId);
    expect(came.map(({ command }) => command)).toEqual(commands);
    expect(came.every(({ kind }) => kind === 'command')).toBe(true);
    expect(new Set(came.map(({ token }) => token)).size).toBe(3);
  });

  it('is no timer, and a timer is no command', async () => {
    const executionId = randomUUID();
    await side.timers.arm(addressOf(executionId), { token: 'L', dueAt: new Date().toISOString() });
    await expect.poll(() => leasesOf(executionId).length, { timeout: 10_000 }).toBe(1);
    expect(leasesOf(executionId)[0]).toMatchObject({ kind: 'timer', token: 'L' });
    expect(leasesOf(executionId)[0]).not.toHaveProperty('command');
  });

  it('waits out a crash of the server', async () => {
    const executionId = randomUUID();
    await server.kill();
    const sending = api.commands.send(addressOf(executionId), { type: 'bell' });
    await server.restart();
    await sending;
    await expect.poll(() => leasesOf(executionId).length, { timeout: 15_000 }).toBeGreaterThan(0);
  });
});

describe('a wish to cancel', () => {
  it('is heard by every worker, by running executions and by those that begin later', async () => {
    const executionId = randomUUID();
    const heard: string[] = [];
    const end = side.cancels.onWanted(executionId, (by) => heard.push(by));
    expect(side.cancels.wanted(executionId)).toBeUndefined();
    await api.cancels.want(executionId, 'anna');
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['anna']);
    expect(side.cancels.wanted(executionId)).toBe('anna');
    end();
    side.cancels.onWanted(executionId, (by) => heard.push(`later ${by}`));
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['anna', 'later anna']);
    await api.cancels.want(executionId, 'bert');
    await expect.poll(() => side.cancels.wanted(executionId), { timeout: 5_000 }).toBe('bert');
    expect(heard).toEqual(['anna', 'later anna']);
  });

  it('is not heard by who has stopped listening', async () => {
    const executionId = randomUUID();
    let heard = 0;
    const [first, second] = [0, 1].map(() => side.cancels.onWanted(executionId, () => heard++));
    first?.();
    await api.cancels.want(executionId, 'anna');
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(1);
    second?.();
  });

  it('is known to a worker that starts later, before it gets a lease, and for 24 h', async () => {
    const executionId = randomUUID();
    await api.cancels.want(executionId, 'anna');
    const late = await connectBus({ servers: server.url, replicas: 1, name: 'late' });
    expect(openWorkerSide(late).cancels.wanted(executionId)).toBe('anna');
    await late.close();
    const { config } = await partsOf(bus).link.jsm.streams.info('KV_CANCEL');
    expect(config.max_age).toBe(86_400 * 1e9);
    expect(Object.values(STREAMS)).not.toContain('KV_CANCEL');
  });
});
