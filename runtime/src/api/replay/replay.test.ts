import type { DeadLetterRow, ExecutionRow } from '@crossdock/api-contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PackedPayload } from '../../store/index.ts';
import { chain, post, type RepairBench, startRepairBench } from '../repair-bench.testing.ts';

const MASK = ['email'];
const ORDERS = chain(
  'orders',
  {
    map: { type: 'transform', config: { mapping: '{ "no": name, "email": email }' } },
    first: post('/first'),
    erp: post('/erp', { name: 'Order to ERP' }),
    shape: { type: 'transform', config: { mapping: '{ "told": $trigger.name, "mapped": $nodes.map.no }' } },
    tell: post('/tell'),
  },
  { mask: MASK, orderingKey: 'name' },
);

describe('a replay', () => {
  let bench: RepairBench;
  beforeAll(async () => {
    bench = await startRepairBench();
    await bench.deploy(ORDERS);
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.answers.clear());

  const send = (name: string) => bench.send('orders', { name, email: `${name}@example.test` }, MASK);
  const fail = async (name: string) => {
    for (const path of ['/erp', '/erp2']) bench.answers.set(path, 500);
    const executionId = await send(name);
    await bench.until(executionId, 'failed');
    bench.answers.clear();
    return executionId;
  };
  const replay = async (executionId: string, body: object = {}) =>
    (await bench.server.json<{ executionId: string }>(202, 'POST', `/api/v1/executions/${executionId}/replay`, body))
      .executionId;
  const refused = async (executionId: string, body: object, headers?: Record<string, string>) => {
    const answer = await bench.server.call('POST', `/api/v1/executions/${executionId}/replay`, body, headers);
    const { code, detail } = (await answer.json()) as { code: string; detail: string };
    return [answer.status, code, detail];
  };
  const heardAt = (path: string, name: string) =>
    bench.heard.filter((one) => one.path === path && JSON.stringify(one.body).includes(name));
  const letters = async (query: string) =>
    (await bench.server.json<{ items: DeadLetterRow[] }>(200, 'GET', `/api/v1/dead-letters?${query}`)).items;

  test('from where it failed goes on there with the same key, and settles the dead letter', async () => {
    const executionId = await fail('A1');
    await expect.poll(() => letters('q=A1')).toHaveLength(1);
    expect((await letters('q=A1'))[0]).toMatchObject({
      ...{ executionId, flowId: 'orders', revision: 1, env: 'dev', status: 'failed', attempts: 1 },
      ...{ nodeId: 'erp', nodeName: 'Order to ERP', keys: { orderNo: 'A1' } },
      error: { code: 'RUN_ATTEMPTS_SPENT' },
    });
    const again = await replay(executionId, { from: 'failed' });
    const detail = await bench.until(again, 'succeeded');
    expect(detail).toMatchObject({ replayOf: executionId, keys: { orderNo: 'A1' }, revision: 1 });
    expect(detail.spans.map(({ nodeId }) => nodeId)).toEqual(['hook', 'erp', 'shape', 'tell']);
    const [before, after] = heardAt('/erp', '/first');
    expect(after).toEqual(before);
    expect(heardAt('/tell', 'A1')).toEqual([
      { path: '/tell', key: expect.any(String), body: { told: 'A1', mapped: 'A1' } },
    ]);
    expect(heardAt('/first', 'A1')).toHaveLength(1);
    expect(await letters('q=A1')).toEqual([]);
    expect(await letters('q=A1&state=replayed')).toMatchObject([{ executionId, replayedBy: again }]);
    expect((await bench.read(executionId)).replays).toEqual([again]);
    // What it began with can be seen, though none of its own nodes emitted it.
    const erp = detail.spans.find(({ nodeId }) => nodeId === 'erp');
    const path = `/api/v1/executions/${again}/payloads/${erp?.inputRef}`;
    expect(await bench.server.json(200, 'GET', path)).toMatchObject({ body: { at: '/first' } });
  });

  test('from the trigger does every effect under the keys of the first execution, however often', async () => {
    const executionId = await send('A2');
    await bench.until(executionId, 'succeeded');
    const second = await replay(executionId);
    await bench.until(second, 'succeeded');
    await bench.until(await replay(second), 'succeeded');
    const keys = heardAt('/first', 'A2').map(({ key }) => key);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  test('with new keys is for those who may do effects twice', async () => {
    const executionId = await send('A3');
    await bench.until(executionId, 'succeeded');
    const body = { effects: 'new-keys' };
    const headers = { authorization: `Bearer ${await bench.server.keyOf('support')}` };
    expect((await refused(executionId, body, headers)).slice(0, 2)).toEqual([403, 'API_FORBIDDEN']);
    await bench.until(await replay(executionId, body), 'succeeded');
    expect(new Set(heardAt('/first', 'A3').map(({ key }) => key)).size).toBe(2);
  });

  test('of a changed payload keeps the masked values that show as dots, and finds its keys anew', async () => {
    const executionId = await send('A4');
    await bench.until(executionId, 'succeeded');
    const path = (id: string) => `/api/v1/executions/${id}/payloads/trigger`;
    const shown = await bench.server.json<object>(200, 'GET', path(executionId));
    expect(shown).toEqual({ name: 'A4', email: '•••' });
    const again = await replay(executionId, { payload: { ...shown, name: 'A4-mended' } });
    await bench.until(again, 'succeeded');
    expect(heardAt('/first', 'A4-mended')[0]?.body).toEqual({ no: 'A4-mended', email: 'A4@example.test' });
    expect((await bench.read(again)).keys).toEqual({ orderNo: 'A4-mended' });
    const packs = await bench.server.db.kysely
      .selectFrom('payloads')
      .select(['content', 'encoding'])
      .where('execution_id', '=', again)
      .execute();
    expect(packs.length).toBeGreaterThan(0);
    // So little is not compressed: what is kept can be read here.
    for (const { content, encoding } of packs) {
      expect(encoding).toBe('json');
      expect(Buffer.from(content).toString()).not.toContain('example.test');
    }
    expect((await refused(executionId, { payload: { name: {} } })).slice(0, 2)).toEqual([422, 'DATA_KEY']);
  });

  test('from a node gives it what it got, or what it is given, and repeats nothing before it', async () => {
    const executionId = await send('A5');
    await bench.until(executionId, 'succeeded');
    const again = await replay(executionId, { from: 'shape' });
    const detail = await bench.until(again, 'succeeded');
    expect(detail.spans.map(({ nodeId }) => nodeId)).toEqual(['hook', 'shape', 'tell']);
    const told = heardAt('/tell', 'A5');
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(told[0]);
    await bench.until(await replay(executionId, { from: 'tell', payload: { told: 'A5 by hand' } }), 'succeeded');
    expect(heardAt('/tell', 'A5 by hand')).toMatchObject([{ key: told[0]?.key }]);
    expect(heardAt('/first', 'A5')).toHaveLength(1);
  });

  test('of what failed may give the node another payload', async () => {
    const executionId = await fail('A6');
    await bench.until(await replay(executionId, { from: 'failed', payload: { by: 'hand A6' } }), 'succeeded');
    expect(heardAt('/erp', 'hand A6')).toHaveLength(1);
  });

  test('runs on the revision that is asked for, where that has its node', async () => {
    const executionId = await fail('A7');
    const mended = structuredClone(ORDERS);
    const erp = mended.nodes.find(({ id }) => id === 'erp');
    Object.assign(erp ?? {}, post('/erp2'));
    const revision = await bench.deploy(mended);
    await expect
      .poll(() => bench.server.bus.registry.deployments().find(({ flowId }) => flowId === 'orders')?.revision)
      .toBe(revision);
    const again = await replay(executionId, { from: 'failed', revision: 'deployed' });
    expect((await bench.until(again, 'succeeded')).revision).toBe(revision);
    expect(heardAt('/erp2', '/first')).toHaveLength(1);
    expect((await bench.until(await replay(executionId, { revision: 1 }), 'succeeded')).revision).toBe(1);
    expect((await refused(executionId, { revision: 99 }))[0]).toBe(404);
  });

  test('stays in the lane of its order', async () => {
    const { triggers } = bench.server.bus;
    const orderingKey = 'lane A8';
    const { executionId } = await triggers.accept({
      ...{ flowId: 'orders', env: 'dev', revision: 1, nodeId: 'hook', headers: {}, keys: { orderNo: ['A8'] } },
      ...{ receivedAt: new Date().toISOString(), orderingKey, payload: { name: 'A8', email: 'a8@example.test' } },
    });
    const laneOf = async (id: string) => (await bench.server.bus.executions.read(id))?.trigger.lane;
    await bench.until(executionId, 'succeeded');
    const again = await replay(executionId);
    await bench.until(again, 'succeeded');
    expect(await laneOf(again)).toBe(await laneOf(executionId));
    expect(await laneOf(again)).toBeDefined();
  });

  test('is refused where it makes no sense', async () => {
    const executionId = await send('A9');
    await bench.until(executionId, 'succeeded');
    expect(await refused(executionId, { from: 'failed' })).toEqual([
      409,
      'API_WRONG_STATE',
      expect.stringContaining('nothing in it failed'),
    ]);
    expect(await refused(executionId, { from: 'gone' })).toEqual([
      400,
      'API_BAD_REQUEST',
      expect.stringContaining('"gone"'),
    ]);
    expect((await refused('01a20920-dc90-7021-a58a-da54610285cf', {}))[0]).toBe(404);
    expect((await refused(executionId, { revision: 'newest' }))[0]).toBe(400);
    const failed = await fail('A10');
    expect(await refused(failed, { from: 'tell' })).toEqual([
      400,
      'API_BAD_REQUEST',
      expect.stringContaining('did not run'),
    ]);
  });

  test('says what is missing when it is no longer kept', async () => {
    const { kysely } = bench.server.db;
    const executionId = await send('A11');
    await bench.until(executionId, 'succeeded');
    const packs = kysely.selectFrom('payloads').select('entries').where('execution_id', '=', executionId);
    const traced = async () => (await packs.execute()).flatMap(({ entries }) => JSON.parse(entries) as PackedPayload[]);
    await expect.poll(async () => (await traced()).length, { timeout: 10_000 }).toBeGreaterThan(5);
    await sql`update payloads set entries = replace(entries, 'false', 'true') where execution_id = ${executionId}`.execute(
      kysely,
    );
    expect(await refused(executionId, { from: 'erp' })).toEqual([
      410,
      'API_REPLAY_EXPIRED',
      expect.stringContaining('kept cut only'),
    ]);
    await kysely.deleteFrom('payloads').where('execution_id', '=', executionId).execute();
    expect(await refused(executionId, { from: 'erp' })).toEqual([
      410,
      'API_REPLAY_EXPIRED',
      expect.stringContaining('no longer kept'),
    ]);
    const old = '0193a000-0000-7000-8000-000000000001';
    const row: ExecutionRow = await bench.read(executionId);
    await kysely
      .insertInto('executions')
      .values({
        ...{ execution_id: old, flow_id: row.flowId, revision: 1, env: 'dev', status: 'failed', attempts: 1, write: 1 },
        ...{ started_at: new Date(), ended_at: new Date(), keys: '{}', error: null, replay_of: null },
        ...{ parent_id: null, parent_entry: null, trigger_seq: 1 },
      })
      .execute();
    for (const from of ['trigger', 'failed', 'erp'])
      expect(await refused(old, { from })).toEqual([
        410,
        'API_REPLAY_EXPIRED',
        expect.stringContaining('its trigger is no longer kept'),
      ]);
  });
});
