import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '@crossdock/bus';
import type { CloudEvent } from '@crossdock/connector-sdk';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../metrics.ts';
import { databaseFor } from '../../store/database-for.testing.ts';
import { type Database, openDatabase } from '../../store/index.ts';
import { type RuleWatch, watchRules } from './watch-rules.ts';
import { writeOrders } from './write-orders.ts';

const log = pino({ level: 'silent' });
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 22);
/** So many minutes after nine on a Monday. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute));

let seq = 0;
const resting = (event: CloudEvent, storedAt: Date): StoredEvent => ({
  ...{ seq: ++seq, env: 'dev', storedAt, keyHash: hash(String(event.partitionkey)) },
  ...{ idHash: hash(`${event.source}|${event.id}`), event },
});
const told = (name: string, minute: number, data: object, key = 'ord_1'): StoredEvent =>
  resting(
    {
      ...{ specversion: '1.0', id: `${name}:${minute}`, source: '//connections/test', time: at(minute).toISOString() },
      ...{ type: `com.platform.${name}.v1`, partitionkey: key, datacontenttype: 'application/json', data },
    },
    at(minute),
  );
const received = (key = 'ord_1') =>
  told('order.received', 0, { orderKey: key, lines: [{ lineKey: `${key}/1`, qty: { value: '10', uom: 'EA' } }] }, key);

describe('rules of exceptions in the running product', () => {
  let dir: string;
  let db: Database;
  let watches: RuleWatch[] = [];
  /** What came on the bus, each once by its id, as there. */
  const published = new Map<string, CloudEvent>();
  let emitted = 0;
  let isAway = false;
  let heard = at(0);
  const bus = {
    events: {
      async emit(_env: string, _key: string, event: CloudEvent) {
        if (isAway) throw new Error('the bus is away');
        emitted++;
        published.set(event.id, event);
      },
    },
    eventFeed: { heardUntil: async () => heard },
  };
  const watch = () => {
    const one = watchRules({ db, bus, log, metrics: createMetrics(), lookEveryMs: 15 });
    watches.push(one);
    return one;
  };
  const write = (...events: StoredEvent[]) => writeOrders(db, events, heard);
  /** What was published comes back as events. */
  const echo = () => write(...[...published.values()].map((event) => resting(event, heard)));
  const names = () =>
    [...published.values()].map(({ type, data }) => [type.slice(13, -3), (data as { code: string }).code]);
  const dueAt = async () =>
    (await db.kysely.selectFrom('order_looks').select('due_at').execute()).map((row) => row.due_at);
  const prepare = async (settings: object) => {
    const dev = { name: 'dev', title: 'dev', tone: 'neutral' as const };
    await db.kysely
      .insertInto('environments')
      .values(dev)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = { env: 'dev', settings: JSON.stringify(settings), updated_at: at(0), updated_by: 'test' };
    await db.kysely.insertInto('order_rules').values(row).execute();
  };
  const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'crossdock-rules-'));
    db = await openDatabase({ ...(await databaseFor(dir)), log });
  });
  afterAll(async () => {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    published.clear();
    [emitted, isAway, heard] = [0, false, at(0)];
    for (const table of ['order_events', 'orders', 'order_rules'] as const) await db.kysely.deleteFrom(table).execute();
  });
  afterEach(async () => {
    await Promise.all(watches.map((one) => one.stop()));
    watches = [];
  });

  test('raise what is late when it is, once, though two processes watch and one starts anew; and clear it', async () => {
    await write(received());
    expect(await dueAt()).toEqual([at(15)]);
    const first = watch();
    watch();
    heard = at(14);
    await aWhile();
    expect(emitted).toBe(0);
    heard = at(16);
    await eventually(() => expect(names()).toEqual([['exception.raised', 'STUCK_BEFORE_VALIDATION']]));
    await echo();
    await first.stop();
    watch();
    const order = () => db.kysely.selectFrom('orders').select(['is_pending', 'state']).executeTakeFirstOrThrow();
    expect((await order()).is_pending).toBe(true);
    await aWhile();
    expect(published.size).toBe(1);
    heard = at(20);
    await write(told('order.validated', 19, { orderKey: 'ord_1' }));
    await eventually(() => expect(names().at(-1)).toEqual(['exception.cleared', 'STUCK_BEFORE_VALIDATION']));
    await echo();
    expect(await order()).toMatchObject({ is_pending: false, state: { stage: 'validated' } });
    expect(published.size).toBe(2);
  });

  test('say nothing of what passed while they were away, as long as events about it are on their way', async () => {
    await write(received());
    watch();
    heard = at(10);
    await aWhile();
    // Hours later, the read model comes to the event that was told at eleven minutes past.
    heard = at(11);
    await write(told('order.validated', 11, { orderKey: 'ord_1' }));
    heard = at(3 * 60);
    await aWhile();
    expect(published.size).toBe(0);
    // What became late meanwhile is told, with the time at which it did.
    heard = at(5 * 60);
    await eventually(() => expect(names()).toEqual([['exception.raised', 'STUCK_BEFORE_ALLOCATION']]));
    expect([...published.values()][0]).toMatchObject({ time: at(4 * 60 + 11).toISOString() });
  });

  test('say it again until it has come back, under the same id, and when the bus is back', async () => {
    await write(received());
    isAway = true;
    heard = at(16);
    const away = watch();
    await aWhile();
    expect(await dueAt()).toEqual([at(15)]);
    isAway = false;
    await eventually(() => expect(published.size).toBe(1));
    await eventually(async () => expect((await dueAt())[0]!.getTime()).toBe(at(16).getTime() + 30_000));
    heard = at(17);
    await eventually(() => expect(emitted).toBeGreaterThan(1));
    await away.stop();
    expect(published.size).toBe(1);
  });

  test('come to the same when the whole stream is read again', async () => {
    heard = at(16);
    await write(received());
    watch();
    await eventually(() => expect(published.size).toBe(1));
    const raised = [...published.values()].map((event) => resting(event, at(16)));
    const validated = told('order.validated', 17, { orderKey: 'ord_1' });
    heard = at(18);
    await write(...raised, validated);
    await eventually(() => expect(published.size).toBe(2));
    const ids = [...published.keys()];
    for (const table of ['order_events', 'orders'] as const) await db.kysely.deleteFrom(table).execute();
    heard = at(0);
    await write(received());
    heard = at(16);
    await write(...raised);
    heard = at(17);
    await write(validated);
    heard = at(18);
    await echo();
    await aWhile();
    expect([...published.keys()]).toEqual(ids);
  });

  test('have the settings of the environment', async () => {
    await prepare({ rules: { STUCK_BEFORE_VALIDATION: { within: { minutes: 60 } } } });
    await write(received());
    watch();
    heard = at(59);
    await aWhile();
    expect(emitted).toBe(0);
    heard = at(60);
    await eventually(() => expect(published.size).toBe(1));
  });

  test('give reported exceptions an owner and a due time, and others when the settings change', async () => {
    const raised = { exceptionId: 'x', code: 'UNKNOWN_SKU' };
    await write(received(), told('exception.raised', 1, raised));
    const listed = () => db.kysely.selectFrom('order_issues').select(['severity', 'owner', 'due_at']).execute();
    expect(await listed()).toEqual([{ severity: 'error', owner: 'sales ops', due_at: at(4 * 60 + 1) }]);
    await prepare({ rules: { UNKNOWN_SKU: { owner: 'buyers' } }, resolveWithin: { error: { minutes: 30 } } });
    await db.kysely.updateTable('order_rules').set({ mark_after: '' }).execute();
    watch();
    await eventually(async () =>
      expect(await listed()).toEqual([{ severity: 'error', owner: 'buyers', due_at: at(31) }]),
    );
  });

  test('look at all orders that are known already when the settings change, a few at a time', async () => {
    await prepare({});
    const keys = Array.from({ length: 600 }, (_, n) => `ord_${n}`);
    const order = {
      env: 'dev',
      step: 'received',
      lifecycle: 'open',
      is_pending: false,
      events: 1,
      state: '{"orderKey":"ord_0"}',
    };
    const times = { began_at: at(0), step_since: at(0), last_event_at: at(0) };
    const rest = { channel: null, partner: null, customer_order_no: null, amount: null, currency: null };
    await db.kysely
      .insertInto('orders')
      .values(keys.slice(1).map((order_id) => ({ ...order, ...times, ...rest, order_id })))
      .execute();
    await write(received('ord_0'));
    const settings = JSON.stringify({ rules: { STUCK_BEFORE_VALIDATION: { within: { minutes: 5 } } } });
    await db.kysely
      .updateTable('order_rules')
      .set({ settings, mark_after: '', updated_at: at(7) })
      .execute();
    heard = at(8);
    watch();
    await eventually(() => expect([...published.values()].map(({ time }) => time)).toEqual([at(5).toISOString()]));
    const toMark = () => db.kysely.selectFrom('order_rules').select('mark_after').executeTakeFirst();
    await eventually(async () => expect(await toMark()).toEqual({ mark_after: null }));
    const { rows } = await sql<{ looked: number }>`select count(*)::int as looked from order_looks`.execute(db.kysely);
    expect(rows[0]?.looked).toBe(600);
  });

  test('go on with other orders when they fail at one', async () => {
    await write(received(), received('ord_2'));
    await db.kysely
      .updateTable('orders')
      .set({ state: '{"orderKey":"ord_1"}' })
      .where('order_id', '=', 'ord_1')
      .execute();
    heard = at(16);
    watch();
    await eventually(() => expect(published.size).toBe(1));
    expect([...published.values()][0]!.partitionkey).toBe('ord_2');
  });
});
