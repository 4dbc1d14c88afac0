import type { BulkRepair, ExecutionDetail, ExecutionRow, InDoubtRow } from '@crossdock/api-contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chain, post, type RepairBench, startRepairBench } from './repair-bench.testing.ts';

const PAYMENTS = chain('payments', {
  pay: post('/pay', { name: 'Pay', idempotency: 'none' }),
  tell: post('/tell'),
});
const CONFIRMED = chain('confirmed', {
  wait: { type: 'wait', config: { for: 'event', key: '= name', eventType: 'order.confirmed', timeoutMs: 3_600_000 } },
  tell: post('/confirmed'),
});
const CALLED = {
  ...chain('called', { slow: { type: 'wait', config: { for: 'duration', durationMs: 3_600_000 } } }),
  nodes: [
    { id: 'start', type: 'flow.called', config: {} },
    { id: 'slow', type: 'wait', config: { for: 'duration', durationMs: 3_600_000 } },
  ],
  edges: [{ id: 'e0', source: 'start', sourceHandle: 'out', target: 'slow', targetHandle: 'in' }],
  settings: {},
};
const CALLS = chain('calls', { call: { type: 'flow.call', config: { flowId: 'called' } }, tell: post('/called') });
const SAGA = chain('saga', {
  book: post('/book', { compensate: 'unbook' }),
  pay: post('/saga-pay'),
});
const UNBOOK = { id: 'unbook', ...post('/unbook') };

describe('what people do about an execution', () => {
  let bench: RepairBench;
  beforeAll(async () => {
    bench = await startRepairBench();
    await bench.deploy(CALLED);
    for (const flow of [PAYMENTS, CONFIRMED, CALLS]) await bench.deploy(flow);
    await bench.deploy({ ...SAGA, nodes: [...SAGA.nodes, UNBOOK] });
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.answers.clear());

  const act = async (executionId: string, action: string, body?: object) => {
    const answer = await bench.server.call('POST', `/api/v1/executions/${executionId}/${action}`, body);
    const { code } = (await answer.json()) as { code?: string };
    return code === undefined ? answer.status : [answer.status, code];
  };
  const waiting = async (executionId: string): Promise<ExecutionDetail> => {
    await expect
      .poll(async () => (await bench.read(executionId)).waitsFor?.length, { timeout: 10_000, interval: 50 })
      .toBe(1);
    return bench.read(executionId);
  };
  const inDoubt = async (name: string) => {
    bench.answers.set('/pay', 'cut');
    const executionId = await bench.send('payments', { name });
    await bench.until(executionId, 'in-doubt');
    bench.answers.clear();
    return executionId;
  };
  const doubts = async (query = '') =>
    await bench.server.json<{ items: InDoubtRow[]; nextCursor: string | null }>(
      200,
      'GET',
      `/api/v1/in-doubt?${query}`,
    );
  const list = async (query: string) =>
    (await bench.server.json<{ items: ExecutionRow[] }>(200, 'GET', `/api/v1/executions?${query}`)).items;

  test('cancelling stops it for good, once', async () => {
    const executionId = await bench.send('confirmed', { name: 'C1' });
    await waiting(executionId);
    expect(await act(executionId, 'cancel')).toBe(202);
    const detail = await bench.until(executionId, 'cancelled');
    expect(detail.waitsFor).toBeUndefined();
    expect(detail.endedAt).not.toBeNull();
    expect(await act(executionId, 'cancel')).toEqual([409, 'API_WRONG_STATE']);
    expect(await act('01a20920-dc90-7021-a58a-da54610285cf', 'cancel')).toEqual([404, 'API_NOT_FOUND']);
    const again = (
      await bench.server.json<{ executionId: string }>(202, 'POST', `/api/v1/executions/${executionId}/replay`, {
        from: 'failed',
      })
    ).executionId;
    expect((await waiting(again)).waitsFor).toMatchObject([{ nodeId: 'wait', kind: 'event', key: 'C1' }]);
    expect(await act(again, 'replay', {})).toEqual([409, 'API_WRONG_STATE']);
    await act(again, 'cancel');
  });

  test('an event lets go on what waits for it, and only that', async () => {
    const executionId = await bench.send('confirmed', { name: 'E1' });
    const { waitsFor } = await waiting(executionId);
    expect(waitsFor).toMatchObject([
      {
        nodeId: 'wait',
        iteration: 0,
        kind: 'event',
        key: 'E1',
        eventType: 'order.confirmed',
        until: expect.any(String),
      },
    ]);
    const give = (env: string, event: object) => bench.server.call('POST', `/api/v1/environments/${env}/events`, event);
    expect((await give('dev', { key: 'E2', type: 'order.confirmed' })).status).toBe(202);
    expect((await give('dev', { key: 'E1', type: 'order.shipped' })).status).toBe(202);
    expect((await give('nowhere', { key: 'E1', type: 'order.confirmed' })).status).toBe(404);
    expect((await give('dev', { key: '', type: 'order.confirmed' })).status).toBe(400);
    expect((await bench.read(executionId)).status).toBe('waiting');
    const event = { key: 'E1', type: 'order.confirmed', data: { by: 'EDI' }, id: 'confirmation-1' };
    expect(await (await give('dev', event)).json()).toEqual({ id: 'confirmation-1' });
    await bench.until(executionId, 'succeeded');
    expect(bench.heard.filter(({ path }) => path === '/confirmed').at(-1)?.body).toMatchObject({
      ...{ specversion: '1.0', id: 'confirmation-1', type: 'order.confirmed', subject: 'E1', data: { by: 'EDI' } },
    });
  });

  test('a call in doubt shows what is known and goes on as a person says', async () => {
    const executionId = await inDoubt('D1');
    const [row] = (await doubts()).items;
    expect(row).toMatchObject({
      ...{ executionId, flowId: 'payments', env: 'dev', nodeId: 'pay', nodeName: 'Pay', iteration: 0, attempt: 1 },
      ...{ keys: { orderNo: 'D1' }, inputRef: 'trigger', error: { code: 'REMOTE_UNAVAILABLE' } },
      remote: expect.stringContaining('127.0.0.1'),
    });
    expect((await bench.read(executionId)).doubt).toMatchObject([{ nodeId: 'pay', attempt: 1, since: row?.since }]);
    expect(await act(executionId, 'resolve', { outcome: 'perhaps' })).toEqual([400, 'API_BAD_REQUEST']);
    expect(await act(executionId, 'resolve', { outcome: 'done', nodeId: 'tell' })).toEqual([409, 'API_WRONG_STATE']);
    const calls = () => bench.heard.filter(({ path }) => path === '/pay').length;
    const before = calls();
    expect(await act(executionId, 'resolve', { outcome: 'done', output: { paid: 'D1' } })).toBe(202);
    await bench.until(executionId, 'succeeded');
    expect(calls()).toBe(before);
    expect(bench.heard.filter(({ path }) => path === '/tell').at(-1)?.body).toEqual({ paid: 'D1' });
    expect(await act(executionId, 'resolve', { outcome: 'done' })).toEqual([409, 'API_WRONG_STATE']);
    expect((await doubts()).items).toEqual([]);
    const repeated = await inDoubt('D2');
    await act(repeated, 'resolve', { outcome: 'repeat' });
    await bench.until(repeated, 'succeeded');
    const failed = await inDoubt('D3');
    await act(failed, 'resolve', { outcome: 'fail' });
    expect((await bench.until(failed, 'failed')).error?.code).toBe('RUN_IN_DOUBT');
  });

  test('many calls in doubt are decided alike, page by page to be read', async () => {
    const ids: string[] = [];
    for (const name of ['M1', 'M2', 'M3']) ids.push(await inDoubt(name));
    const first = await doubts('limit=2&flowId=payments&nodeId=pay&env=dev');
    const second = await doubts(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ executionId }) => executionId)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    expect((await doubts('env=prod')).items).toEqual([]);
    expect((await bench.server.call('GET', '/api/v1/in-doubt?cursor=WyJhIiwiYiIsImMiLCJkIl0')).status).toBe(400);
    const decide = (status: number, body: object) =>
      bench.server.json<BulkRepair>(status, 'POST', '/api/v1/in-doubt/resolve', { outcome: 'done', ...body });
    const filter = { flowId: 'payments', executionIds: ids.slice(0, 2) };
    expect(await decide(200, { filter, dryRun: true })).toEqual({ jobId: null, count: 2, willRun: 2, skipped: 0 });
    expect(await decide(200, { filter: { env: 'prod' } })).toEqual({ jobId: null, count: 0 });
    const { jobId, count } = await decide(202, { filter });
    expect(count).toBe(2);
    for (const id of ids.slice(0, 2)) await bench.until(id, 'succeeded');
    const job = () => bench.server.json(200, 'GET', `/api/v1/jobs/${jobId}`);
    await expect.poll(job).toMatchObject({ kind: 'resolve', status: 'done', total: 2, done: 2, failed: 0, errors: [] });
    expect((await doubts()).items.map(({ executionId }) => executionId)).toEqual(ids.slice(2));
  });

  test('what another execution started shows with that, and by its own keys', async () => {
    const parentId = await bench.send('calls', { name: 'P1' });
    await expect
      .poll(async () => (await bench.read(parentId)).waitsFor, { timeout: 10_000 })
      .toMatchObject([{ nodeId: 'call', kind: 'children', count: 1, done: 0 }]);
    await expect.poll(async () => (await bench.read(parentId)).children, { timeout: 10_000 }).toBe(1);
    const [child, ...more] = await list(`parent=${parentId}`);
    expect(more).toEqual([]);
    expect(child).toMatchObject({ flowId: 'called', parentId, keys: { orderNo: 'P1' } });
    expect((await list('flowId=called')).length).toBe(0);
    expect((await list('key=P1')).map(({ flowId }) => flowId).sort()).toEqual(['called', 'calls']);
    expect(await act(child?.executionId ?? '', 'cancel')).toBe(202);
    expect((await bench.until(parentId, 'failed')).error?.code).toBe('RUN_CHILD_FAILED');
    const again = (
      await bench.server.json<{ executionId: string }>(202, 'POST', `/api/v1/executions/${parentId}/replay`, {
        from: 'failed',
      })
    ).executionId;
    await expect.poll(async () => (await bench.read(again)).children, { timeout: 10_000 }).toBe(1);
    await act(again, 'cancel');
    await bench.until(again, 'cancelled');
  });

  test('what was undone is not taken for done: only a replay with new keys does it anew', async () => {
    bench.answers.set('/saga-pay', 402);
    const executionId = await bench.send('saga', { name: 'S1' });
    const detail = await bench.until(executionId, 'compensated');
    expect(detail.effects).toEqual([{ nodeId: 'book', iteration: 0, compensate: 'unbook', undone: true }]);
    for (const body of [{}, { from: 'failed' }, { from: 'pay', effects: 'new-keys' }])
      expect(await act(executionId, 'replay', body)).toEqual([409, 'API_WRONG_STATE']);
    bench.answers.clear();
    const { executionId: again } = await bench.server.json<{ executionId: string }>(
      ...([202, 'POST', `/api/v1/executions/${executionId}/replay`, { effects: 'new-keys' }] as const),
    );
    await bench.until(again, 'succeeded');
  });

  test('an undoing that broke off goes on where it did', async () => {
    bench.answers.set('/saga-pay', 402);
    bench.answers.set('/unbook', 402);
    const executionId = await bench.send('saga', { name: 'S2' });
    const failed = await bench.until(executionId, 'compensation-failed');
    expect(failed.effects).toEqual([{ nodeId: 'book', iteration: 0, compensate: 'unbook' }]);
    const letters = () =>
      bench.server.json<{ items: object[] }>(200, 'POST', '/api/v1/dead-letters/search', { flowId: 'saga', q: 'S2' });
    await expect
      .poll(async () => (await letters()).items)
      .toMatchObject([{ status: 'compensation-failed', executionId }]);
    bench.answers.clear();
    const { executionId: again } = await bench.server.json<{ executionId: string }>(
      ...([202, 'POST', `/api/v1/executions/${executionId}/replay`, { from: 'failed' }] as const),
    );
    const detail = await bench.until(again, 'compensated');
    expect(detail.effects).toEqual([{ nodeId: 'book', iteration: 0, compensate: 'unbook', undone: true }]);
    const keys = bench.heard.filter(({ path, body }) => path === '/unbook' && JSON.stringify(body).includes('S2'));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
  });
});
