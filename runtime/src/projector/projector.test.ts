import type { ExecutionDetail, ExecutionRow, StreamEvent } from '@crossdock/api-contract';
import type { FeedRecord } from '@crossdock/bus';
import { openWorkerSide, type WorkerSide } from '@crossdock/bus';
import type { JournalSnapshot, Span } from '@crossdock/engine';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../api/api-server.testing.ts';
import { createMetrics } from '../metrics.ts';
import { type Projector, startProjector } from './index.ts';
import { sweepOld } from './retention.ts';

const FLOW = 'shop-order-to-erp';
const log = pino({ level: 'silent' });
const silent = { consume: async () => async () => undefined, heardUntil: async () => new Date() };

describe('the read model', () => {
  let server: ApiServer;
  let side: WorkerSide;
  let projector: Projector;
  const events: StreamEvent[] = [];
  beforeAll(async () => {
    server = await startApiServer();
    side = openWorkerSide(server.bus);
    server.events.subscribe((event) => events.push(event));
    projector = await startProjector({ ...server, log, metrics: createMetrics() });
  });
  afterAll(async () => {
    await projector.stop();
    await server.stop();
  });

  test('counts of refused requests only grow, however often and late they come', async () => {
    const told = { source: 'a', minute: 60_000, env: 'dev', flowId: FLOW, nodeId: 'hook', reason: 'late' };
    for (const count of [3, 7, 5, 7]) await server.bus.refusals.tell([{ ...told, count }]);
    await server.bus.refusals.tell([{ ...told, source: 'b', count: 1 }]);
    const rows = () =>
      server.db.kysely.selectFrom('hook_refusals').select(['source', 'count']).orderBy('source').execute();
    await expect.poll(rows, { timeout: 10_000 }).toEqual([
      { source: 'a', count: 7 },
      { source: 'b', count: 1 },
    ]);
  });

  const accept = async (orderNo: string, more: { payload?: unknown; keys?: Record<string, string[]> } = {}) =>
    (
      await server.bus.triggers.accept({
        flowId: FLOW,
        revision: 1,
        env: 'dev',
        nodeId: 'hook',
        receivedAt: new Date().toISOString(),
        headers: {},
        keys: more.keys ?? { orderNo: [orderNo] },
        payload: more.payload ?? { name: orderNo },
      })
    ).executionId;

  const snapshotOf = (
    executionId: string,
    orderNo: string,
    change: Partial<JournalSnapshot> = {},
  ): JournalSnapshot => ({
    v: 1,
    executionId,
    flowId: FLOW,
    revision: 1,
    env: 'dev',
    status: 'succeeded',
    lease: 'l',
    token: `t${performance.now()}`,
    write: 1,
    crashes: 0,
    trigger: {
      seq: 1,
      nodeId: 'hook',
      receivedAt: new Date().toISOString(),
      headers: {},
      keys: { orderNo: [orderNo] },
    },
    frontier: [],
    outputs: {},
    nodeOutputs: {},
    spans: [
      {
        spanId: 's1',
        nodeId: 'map',
        nodeType: 'transform',
        attempt: 1,
        status: 'succeeded',
        startedAt: new Date().toISOString(),
        durationMs: 3,
        edges: ['e1'],
        outputRef: 's1.out',
      },
    ],
    startedAt: new Date().toISOString(),
    endedAt: new Date().toISOString(),
    ...change,
  });
  const find = async (query: string) =>
    (await server.json<{ items: ExecutionRow[] }>(200, 'GET', `/api/v1/executions?${query}`)).items;
  const projected = (executionId: string, status: string) =>
    expect.poll(async () => (await find(`q=${executionId}`))[0]?.status, { timeout: 10_000 }).toBe(status);

  test('an accepted order is running, then what its journal says, and watchers hear of both', async () => {
    const executionId = await accept('#1');
    expect((await server.json<ExecutionDetail>(200, 'GET', `/api/v1/executions/${executionId}`)).status).toBe(
      'running',
    );
    await projected(executionId, 'running');
    await side.journal.write(snapshotOf(executionId, '#1'), 0);
    expect((await server.json<ExecutionDetail>(200, 'GET', `/api/v1/executions/${executionId}`)).status).toBe(
      'succeeded',
    );
    await projected(executionId, 'succeeded');
    const detail = await server.json<ExecutionDetail>(200, 'GET', `/api/v1/executions/${executionId}`);
    expect(detail).toMatchObject({
      attempts: 1,
      keys: { orderNo: '#1' },
      spans: [{ nodeId: 'map', outputRef: 's1.out' }],
    });
    const heard = events.flatMap(({ kind, data }) =>
      kind === 'execution' && data.executionId === executionId ? [data.status] : [],
    );
    expect(heard).toEqual(['running', 'succeeded']);
  });

  test('attempts are those of the node that was tried most, not the steps', async () => {
    const executionId = await accept('#tries');
    const [map] = snapshotOf(executionId, '#tries').spans;
    const post = [1, 2, 3].map((attempt) => ({ ...map!, spanId: `p${attempt}`, nodeId: 'post', attempt }));
    await side.journal.write(snapshotOf(executionId, '#tries', { spans: [map!, ...post] }), 0);
    await projected(executionId, 'succeeded');
    expect((await find('key=%23tries'))[0]).toMatchObject({ attempts: 3 });
  });

  test('payloads come back as they were, masked values only to who may and asks', async () => {
    const mask = { env: 'dev', mask: ['email'] };
    const long = 'x'.repeat(5000);
    const payload = server.vault.seal({ email: 'ada@example.test', long }, mask);
    const executionId = await accept('#2', { payload });
    await projected(executionId, 'running');
    const path = `/api/v1/executions/${executionId}/payloads/trigger`;
    expect(await server.json(200, 'GET', path)).toEqual({ email: '•••', long });
    const reason = { reason: 'Ticket 4711: the customer asks' };
    expect(await server.json(200, 'POST', `${path}/reveal`, reason)).toEqual({ email: 'ada@example.test', long });
    for (const body of [{}, { reason: '' }, { reason: 'short' }, { reason: '              ' }])
      expect((await server.call('POST', `${path}/reveal`, body)).status).toBe(400);
    const audited = await server.json<{ items: { number: number }[] }>(
      200,
      'GET',
      '/api/v1/audit?action=payload.revealed',
    );
    expect(audited.items).toMatchObject([{ thing: `${executionId}/trigger`, env: 'dev' }]);
    const change = await server.json(200, 'GET', `/api/v1/audit/${audited.items[0]?.number}`);
    expect(change).toMatchObject({ action: 'payload.revealed', after: reason });
    const headers = { authorization: `Bearer ${await server.keyOf('support')}` };
    expect(await server.json(200, 'GET', path, undefined, headers)).toEqual({ email: '•••', long });
    expect((await server.call('POST', `${path}/reveal`, reason, headers)).status).toBe(200);
    for (const role of ['viewer', 'analyst'] as const) {
      const key = { authorization: `Bearer ${await server.keyOf(role)}` };
      expect((await server.call('POST', `${path}/reveal`, reason, key)).status).toBe(403);
    }
    expect((await server.call('GET', `/api/v1/executions/${executionId}/payloads/s9.out`)).status).toBe(404);
    side.trace.record({
      executionId,
      flowId: FLOW,
      env: 'dev',
      payloads: [{ ref: 's1.out', json: '{"a":1}', size: 7 }],
    });
    await side.flush();
    await expect
      .poll(async () => (await server.call('GET', `/api/v1/executions/${executionId}/payloads/s1.out`)).status, {
        timeout: 10_000,
      })
      .toBe(200);
  });

  test('executions are found by key, name and key, beginning, error, flow, environment and time', async () => {
    const token = server.vault.keyToken('dev', 'ada@example.test');
    // As keys were written before their tokens left case aside.
    const old = server.vault.keyToken('dev', 'Old@Example.test');
    const executionId = await accept('#30', { keys: { orderNo: ['#30', 'PO:7'], email: [token, old] } });
    await projected(executionId, 'running');
    const error = { code: 'REMOTE_REJECTED' as const, message: 'ERP refused 100% of it' };
    await side.journal.write(snapshotOf(executionId, '#30', { status: 'failed', error }), 0);
    await projected(executionId, 'failed');
    const ids = async (query: string) => (await find(query)).map((row) => row.executionId);
    const parts = [
      'key=%2330',
      'key=orderNo:%2330',
      'key=PO:7',
      'key=ada@example.test',
      'key=email:ada@example.test',
      'key=email:%20ADA@example.TEST',
      'q=Ada@example.test',
      'key=Old@Example.test',
      'q=%2330',
      'q=100%25',
      'q=remote_rejected',
      `q=${executionId.slice(0, 13)}`,
      `flowId=${FLOW}&status=failed,waiting`,
      'env=dev&status=failed',
    ];
    for (const query of parts)
      expect([query, await ids(query)]).toEqual([query, expect.arrayContaining([executionId])]);
    for (const query of [
      'key=%2331',
      'key=email:%2330',
      'env=prod',
      'flowId=other',
      'to=2020-01-01T00:00:00Z',
      'from=2100-01-01T00:00:00Z',
      'key=%25',
      'q=10_',
    ])
      expect([query, await ids(query)]).toEqual([query, []]);
    const search = (body: object) =>
      server.json<{ items: ExecutionRow[] }>(200, 'POST', '/api/v1/executions/search', body);
    expect((await search({ q: 'ADA@example.test', env: 'dev', limit: 1 })).items).toMatchObject([{ executionId }]);
    expect((await server.call('POST', '/api/v1/executions/search', { limit: 1000 })).status).toBe(400);
    expect((await find('key=%2330'))[0]).toMatchObject({
      keys: { orderNo: ['#30', 'PO:7'], email: ['•••', '•••'] },
      error,
    });
    for (const query of ['status=odd', 'limit=0', 'limit=201', 'from=yesterday', 'cursor=x', 'unknown=1'])
      expect([query, (await server.call('GET', `/api/v1/executions?${query}`)).status]).toEqual([query, 400]);
    expect((await server.call('GET', '/api/v1/executions/nothing')).status).toBe(404);
    expect((await server.call('GET', '/api/v1/executions/01a20920-dc90-7021-a58a-da54610285cf')).status).toBe(404);
  });

  test('pages follow on without gap or repeat', async () => {
    const made = new Set<string>();
    for (let n = 0; n < 25; n++) made.add(await accept(`page ${n}`));
    await expect.poll(async () => (await find('q=page&limit=200')).length, { timeout: 10_000 }).toBe(25);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: ExecutionRow[]; nextCursor: string | null } = await server.json(
        200,
        'GET',
        `/api/v1/executions?q=page&limit=10${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.items.map(({ executionId }) => executionId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(made);
  });

  test('records that come again or late change nothing, and one that never fits holds up no other', async () => {
    await projector.stop();
    const executionId = '01a20920-dc90-7021-a58a-da5461028500';
    const journal = (write: number, change: Partial<JournalSnapshot> = {}): FeedRecord => ({
      kind: 'journal',
      seq: write,
      record: snapshotOf(executionId, 'again', { write, ...change }),
    });
    const odd: FeedRecord = { kind: 'journal', seq: 9, record: snapshotOf('no uuid', 'odd') };
    const batches = [
      [journal(2), odd, journal(1, { status: 'running', spans: [] })],
      [journal(1, { status: 'waiting' })],
      [journal(2)],
    ];
    const feed = {
      consume: async (_options: object, handle: (batch: FeedRecord[]) => Promise<void>) => {
        for (const batch of batches) await handle(batch);
        return async () => undefined;
      },
    };
    const before = events.length;
    projector = await startProjector({
      ...server,
      bus: { ...server.bus, feed, eventFeed: silent, xrefFeed: silent },
      log,
      metrics: createMetrics(),
    });
    expect((await find('key=again')).map(({ status, attempts }) => ({ status, attempts }))).toEqual([
      { status: 'succeeded', attempts: 1 },
    ]);
    expect(events.length - before).toBe(1);
    await projector.check();
  });

  test('health counts each end and each attempt once, however often its record comes', async () => {
    await projector.stop();
    const at = new Date().toISOString();
    const call = (attempt: number, change: Partial<Span>): Span => ({
      ...{
        spanId: `c${attempt}`,
        nodeId: 'erp',
        nodeType: 'http.request',
        attempt,
        startedAt: at,
        durationMs: 30,
        edges: [],
      },
      ...{ status: 'succeeded', remote: 'host:erp.test' },
      ...change,
    });
    const first = call(1, { status: 'waiting', retryAt: at });
    const of = (executionId: string, write: number, change: Partial<JournalSnapshot>): FeedRecord => ({
      kind: 'journal',
      seq: write,
      record: snapshotOf(executionId, 'counted', { flowId: 'counted', write, ...change }),
    });
    const one = '01a20920-dc90-7021-a58a-da5461028601';
    const two = '01a20920-dc90-7021-a58a-da5461028602';
    const waits = of(one, 1, { status: 'waiting', spans: [first], endedAt: undefined } as never);
    const ends = of(one, 2, { spans: [first, call(2, {})] });
    const fails = of(two, 3, { status: 'failed', spans: [call(1, { status: 'failed' })] });
    const batches = [[waits], [waits], [ends, fails], [ends], [fails, waits]];
    const feed = {
      consume: async (_options: object, handle: (batch: FeedRecord[]) => Promise<void>) => {
        for (const batch of batches) await handle(batch);
        return async () => undefined;
      },
    };
    projector = await startProjector({
      ...server,
      bus: { ...server.bus, feed, eventFeed: silent, xrefFeed: silent },
      log,
      metrics: createMetrics(),
    });
    const rows = await server.db.kysely
      .selectFrom('health_slots')
      .select(['slot_ms', 'kind', 'name', 'outcome', 'count'])
      .where('name', 'in', ['counted', 'host:erp.test'])
      .execute();
    for (const length of [60_000, 900_000, 7_200_000])
      expect(
        rows
          .filter(({ slot_ms }) => slot_ms === length)
          .map(({ kind, outcome, count }) => `${kind} ${outcome} ${count}`)
          .sort(),
      ).toEqual(['flow failed 1', 'flow retry 1', 'flow succeeded 1', 'remote failed 2', 'remote succeeded 1']);
  });

  test('what is older than its environment keeps is removed, what still runs stays', async () => {
    const count = async () => await server.db.kysely.selectFrom('executions').select('ended_at').execute();
    const running = (await count()).filter(({ ended_at }) => ended_at === null).length;
    const job = {
      status: 'done',
      request: '{"kind":"resolve","outcome":"done"}',
      started_by: 'Ada',
      errors: '[]',
    } as const;
    await server.db.kysely
      .insertInto('jobs')
      .values({ ...job, job_id: crypto.randomUUID(), total: 1, started_at: new Date(), beat_at: new Date() } as never)
      .returning('job_id')
      .execute();
    await server.db.kysely.updateTable('jobs').set({ ended_at: new Date() }).execute();
    expect(await sweepOld({ db: server.db, log })).toBe(0);
    const inAYear = () => Date.now() + 365 * 86_400_000;
    expect(await sweepOld({ db: server.db, log, now: inAYear })).toBeGreaterThan(0);
    expect(await count()).toHaveLength(running);
    for (const table of ['dead_letters', 'jobs'] as const)
      expect(await server.db.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
    const { kysely } = server.db;
    const stillRuns = kysely.selectFrom('executions').select('execution_id').where('ended_at', 'is', null);
    const left = kysely.selectFrom('payloads').select('execution_id').where('execution_id', 'not in', stillRuns);
    expect(await left.execute()).toEqual([]);
  });
});
