import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type Bus, connectBus, type NewTrigger } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import type { TriggerRecord } from '@crossdock/engine';
import { VirtualClock } from '@crossdock/engine/testing';
import { FlowError } from '@crossdock/errors';
import type { FlowSettings } from '@crossdock/flow-model';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { openVault } from '../vault/index.ts';
import { type Schedules, startSchedules } from './index.ts';

const log = pino({ level: 'silent' });
const vault = openVault({ secretKey: randomBytes(32) });
const MINUTE = 60_000;

/** Stands still until it is moved, and knows how many wait on it. */
class StepClock extends VirtualClock {
  waiting = 0;
  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.waiting++;
    try {
      await super.sleep(ms, signal);
    } finally {
      this.waiting--;
    }
  }
}

let server: TestNatsServer;
let bus: Bus;
let clock: StepClock;
/** By their sequence: the feed may give one twice. */
let stored: Map<number, TriggerRecord>;
let stopFeed: () => Promise<void>;
/** Loops that wait on the clock when nothing is to be done. */
let loops: number;
let opened: { bus: Bus; schedules: Schedules }[];

beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  clock = new StepClock(Date.parse('2026-06-01T06:00:00.500Z'));
  stored = new Map();
  loops = 0;
  opened = [];
  stopFeed = await bus.feed.consume({ maxBatch: 100, maxWaitMs: 5 }, async (batch) => {
    for (const entry of batch) if (entry.kind === 'trigger') stored.set(entry.seq, entry.record);
  });
});

afterEach(async () => {
  for (const { env, flowId } of bus.registry.deployments()) await bus.registry.deactivate(env, flowId);
  await Promise.all(opened.map(({ schedules }) => Promise.race([schedules.stop(), sleep(500)])));
  await stopFeed();
  await Promise.all(opened.map((instance) => instance.bus.close()));
  await bus.close();
});

describe('a schedule that four processes share', () => {
  test('starts exactly one execution for each tick', async () => {
    await deploy('shared', { cron: '*/10 * * * * *' });
    for (let nth = 0; nth < 4; nth++) await join();
    await passTo('06:03:25');
    await expectTicks('shared', every(10_000, '06:00:10', '06:03:20'));
  });

  test('loses no tick when a process dies between claiming and storing it', async () => {
    await deploy('dying', { cron: '*/10 * * * * *' });
    const deadly = new Set(['06:00:20', '06:00:50', '06:01:00'].map((time) => isoOf(time)));
    const dieAt = async ({ payload }: NewTrigger): Promise<void> => {
      if (!deadly.delete((payload as { scheduledAt: string }).scheduledAt)) return;
      loops--;
      await new Promise(() => undefined);
    };
    for (let nth = 0; nth < 4; nth++) await join(dieAt);
    await passTo('06:02:05');
    expect(loops).toBe(1);
    await expectTicks('dying', every(10_000, '06:00:10', '06:02:00'));
  });

  test('goes on when NATS was away', async () => {
    await deploy('outage', { cron: '*/10 * * * * *', catchUp: 'all' });
    for (let nth = 0; nth < 4; nth++) await join();
    await passTo('06:00:35');
    await server.kill();
    await passTo('06:01:35');
    await server.restart();
    await expect
      .poll(
        () =>
          bus.check().then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    await Promise.all(
      opened.map((one) =>
        expect
          .poll(
            () =>
              one.bus.check().then(
                () => true,
                () => false,
              ),
            { timeout: 20_000 },
          )
          .toBe(true),
      ),
    );
    await passTo('06:02:05');
    await expectTicks('outage', every(10_000, '06:00:10', '06:02:00'));
  });

  test('follows the clock of its zone through both changes of the year', async () => {
    const config = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
    clock = new StepClock(Date.parse('2026-03-27T12:00:00Z'));
    await deploy('spring', config);
    for (let nth = 0; nth < 4; nth++) await join();
    await jumpBy(20 * MINUTE, '2026-03-31T12:00:00Z');
    await expectTicks('spring', [
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
      '2026-03-31T00:30:00.000Z',
    ]);
    await bus.registry.deactivate('dev', 'spring');
    await expect.poll(() => clock.waiting).toBe(0);
    clock.moveTo(Date.parse('2026-10-23T12:00:00Z'));
    await deploy('autumn', config);
    await jumpBy(20 * MINUTE, '2026-10-26T12:00:00Z');
    await expectTicks('autumn', ['2026-10-24T00:30:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });
});

describe('a tick that was claimed', () => {
  test('is stored after a restart when all died before they could', async () => {
    await deploy('restart', { cron: '*/10 * * * *' });
    await join(async () => {
      loops--;
      await new Promise(() => undefined);
    });
    await passTo('06:10:01');
    expect(loops).toBe(0);
    clock.moveTo(Date.parse(isoOf('06:14:00')));
    await join();
    await expectTicks('restart', [isoOf('06:10:00')]);
    await join();
    await passTo('06:20:01');
    await expectTicks('restart', [isoOf('06:10:00'), isoOf('06:20:00')]);
  });

  test('is stored by the same process when the bus refused it at first', async () => {
    await deploy('refused', { cron: '*/10 * * * *', catchUp: 'none' });
    let refusals = 50;
    await join(async () => {
      if (refusals-- > 0) throw new FlowError('SYSTEM_BUS_FULL');
    });
    await passTo('06:10:30');
    await expectTicks('refused', []);
    await passTo('06:12:00');
    await expectTicks('refused', [isoOf('06:10:00')]);
  });
});

describe('ticks that nobody was there for', () => {
  test.each([
    ['all', {}, ['06:10', '06:20', '06:30', '06:40', '06:50', '07:00']],
    ['all', { maxLatenessMs: 20 * MINUTE }, ['06:10', '06:40', '06:50', '07:00']],
    ['last', {}, ['06:10', '06:50', '07:00']],
    ['last', { maxLatenessMs: MINUTE }, ['06:10', '07:00']],
    ['none', {}, ['06:10', '07:00']],
  ])('are caught up with as the policy says: %s %j', async (catchUp, more, times) => {
    const flowId = `missed-${catchUp}-${Object.values(more).join('')}`;
    await deploy(flowId, { cron: '*/10 * * * *', catchUp, ...more });
    const first = await join();
    await passTo('06:10:01');
    loops = 0;
    await first.stop();
    clock.moveTo(Date.parse(isoOf('06:55:00')));
    for (let nth = 0; nth < 4; nth++) await join();
    await passTo('07:00:01');
    await expectTicks(
      flowId,
      times.map((time) => isoOf(`${time}:00`)),
    );
  });

  test('before its deployment are none of its business, also when it was deployed before', async () => {
    await deploy('again', { cron: '*/10 * * * *', catchUp: 'all' });
    await join();
    await passTo('06:10:01');
    await bus.registry.deactivate('dev', 'again');
    await expect.poll(() => clock.waiting).toBe(0);
    clock.moveTo(Date.parse(isoOf('06:45:00')));
    await deploy('again', { cron: '*/10 * * * *', catchUp: 'all' }, {}, 2);
    await passTo('06:50:01');
    await expectTicks('again', [isoOf('06:10:00'), isoOf('06:50:00')]);
    await deploy('again', { cron: '5-59/10 * * * *', catchUp: 'all' }, {}, 3);
    await passTo('06:55:01');
    await expectTicks('again', [isoOf('06:10:00'), isoOf('06:50:00'), isoOf('06:55:00')]);
    expect([...stored.values()].map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });
});

describe('the execution of a tick', () => {
  test('gets time, zone and payload; keys and mask of the flow hold', async () => {
    await deploy(
      'keyed',
      { cron: '0 7 * * *', payload: { report: 'sales', secret: 'hunter22' } },
      {
        businessKeys: { day: '$substring(scheduledAt, 0, 10)' },
        mask: ['payload.secret'],
      },
    );
    await join();
    await passTo('07:00:01');
    await expectTicks('keyed', [isoOf('07:00:00')]);
    const [trigger] = stored.values();
    expect(trigger).toMatchObject({ nodeId: 'tick', keys: { day: ['2026-06-01'] } });
    expect(JSON.stringify(trigger)).not.toContain('hunter22');
    expect(vault.open(trigger?.payload, { env: 'dev' })).toEqual({
      scheduledAt: isoOf('07:00:00'),
      timeZone: 'UTC',
      nodeId: 'tick',
      payload: { report: 'sales', secret: 'hunter22' },
    });
  });

  test('whose keys cannot be computed is one that fails', async () => {
    await deploy('no-key', { cron: '0 7 * * *' }, { businessKeys: { order: '{"a": 1}' } });
    await join();
    await passTo('07:00:01');
    await expectTicks('no-key', [isoOf('07:00:00')]);
    expect([...stored.values()][0]).toMatchObject({ keys: {}, refused: { code: 'DATA_KEY' } });
  });

  test('of a schedule that cannot be read never comes, and holds up no other', async () => {
    await deploy('unreadable', { cron: 'now and then' });
    await deploy('readable', { cron: '0 7 * * *' });
    await join(undefined, 1);
    await passTo('07:00:01');
    await expectTicks('readable', [isoOf('07:00:00')]);
  });
});

/** Another process that runs the schedules; `before` is called with each trigger that it is about to store. */
async function join(
  before: (trigger: NewTrigger) => Promise<void> = async () => undefined,
  more = 1,
): Promise<Schedules> {
  const own = await connectBus({ servers: server.url, replicas: 1, name: 'instance' });
  const watched: Bus = {
    ...own,
    triggers: {
      async accept(trigger) {
        await before(trigger);
        return own.triggers.accept(trigger);
      },
    },
  };
  loops += more;
  const schedules = startSchedules({ bus: watched, seal: vault, metrics: createMetrics(), log, clock });
  opened.push({ bus: own, schedules });
  await settled();
  return schedules;
}

async function deploy(
  flowId: string,
  config: Record<string, unknown>,
  settings: FlowSettings = {},
  revision = 1,
): Promise<void> {
  const node = { id: 'tick', type: 'schedule', config };
  await bus.registry.putRevision(flowId, revision, {
    formatVersion: 1,
    id: flowId,
    name: flowId,
    nodes: [node],
    edges: [],
    settings,
  });
  const deployedAt = new Date(clock.now()).toISOString();
  await bus.registry.activate({ deploymentId: `${flowId}-${revision}`, env: 'dev', flowId, revision, deployedAt });
  // Every process has to hear of it.
  await sleep(300);
}

/** Until every loop waits for time to pass. */
async function settled(): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  do {
    await nextTurn();
    if (Date.now() > giveUpAt) throw new Error(`${clock.waiting} of ${loops} loops wait`);
  } while (clock.waiting !== loops);
}

/** Lets time pass, alarm by alarm. */
async function passTo(time: string): Promise<void> {
  const end = Date.parse(isoOf(time));
  await settled();
  for (let next = clock.nextAlarm(); next !== undefined && next <= end; next = clock.nextAlarm()) {
    clock.moveTo(next);
    await settled();
  }
  clock.moveTo(end);
  await settled();
}

/** Moves time on in leaps, as a clock that is set. */
async function jumpBy(ms: number, until: string): Promise<void> {
  await settled();
  for (let now = clock.now(); now < Date.parse(until); now += ms) {
    clock.moveTo(now + ms);
    await settled();
  }
}

async function expectTicks(flowId: string, ticks: string[]): Promise<void> {
  const seen = () =>
    [...stored.values()]
      .filter((trigger) => trigger.flowId === flowId)
      .map(({ payload }) => (payload as { scheduledAt: string }).scheduledAt)
      .sort();
  await expect.poll(() => seen().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(ticks.length);
  // What comes twice may come late.
  await sleep(200);
  expect(seen()).toEqual(ticks);
}

function isoOf(time: string): string {
  return new Date(`2026-06-01T${time}Z`).toISOString();
}

function every(ms: number, from: string, to: string): string[] {
  const start = Date.parse(isoOf(from));
  const count = (Date.parse(isoOf(to)) - start) / ms + 1;
  return Array.from({ length: count }, (_, nth) => new Date(start + nth * ms).toISOString());
}
