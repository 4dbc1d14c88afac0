import type {
  OrderDetail,
  OrderFacets,
  OrderFunnel,
  OrderPage,
  OrderRules,
  StreamEvent,
} from '@crossdock/api-contract';
import type { CloudEvent } from '@crossdock/connector-sdk';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../metrics.ts';
import { type Projector, startProjector } from '../../projector/index.ts';
import { type ApiServer, startApiServer } from '../api-server.testing.ts';

const EXECUTION = '01a20920-dc90-7021-a58a-da5461028601';
/** From now on, so that nothing is late yet. */
const BEGAN = Date.now();
const at = (minute: number) => new Date(BEGAN + minute * 60_000).toISOString();

describe('orders', () => {
  let server: ApiServer;
  let projector: Projector;
  const heard: StreamEvent[] = [];
  const emit = (key: string, name: string, minute: number, data: unknown, more: Partial<CloudEvent> = {}) => {
    const event: CloudEvent = {
      ...{ specversion: '1.0', id: `${name}:${minute}:${key}`, source: '//connections/test', time: at(minute) },
      ...{ type: `com.platform.${name}.v1`, partitionkey: key, datacontenttype: 'application/json', data },
      ...more,
    };
    return server.bus.events.emit('dev', key, event);
  };
  const received = (key: string, minute: number, more: object) =>
    emit(
      key,
      'order.received',
      minute,
      { orderKey: key, lines: [{ lineKey: `${key}/1`, item: { sku: 'A' }, qty: { value: '10', uom: 'EA' } }], ...more },
      { executionid: EXECUTION },
    );
  const find = (query: string) => server.json<OrderPage>(200, 'GET', `/api/v1/orders?${query}`);
  const ids = async (query: string) => (await find(query)).items.map(({ orderId }) => orderId);
  const settled = (query: string, wanted: readonly string[]) =>
    vi.waitFor(async () => expect(await ids(query)).toEqual(wanted), { timeout: 60_000, interval: 100 });
  const read = (orderId: string, headers?: Record<string, string>) =>
    server.json<OrderDetail>(200, 'GET', `/api/v1/orders/${encodeURIComponent(orderId)}?env=dev`, undefined, headers);

  beforeAll(async () => {
    server = await startApiServer();
    server.events.subscribe((event) => heard.push(event));
    projector = await startProjector({ ...server, log: pino({ level: 'silent' }), metrics: createMetrics() });
    const { kysely } = server.db;
    const row = { execution_id: EXECUTION, flow_id: 'shop-order', revision: 1, env: 'dev', status: 'succeeded' };
    const times = { started_at: at(0), ended_at: at(0), keys: '{}', error: null, attempts: 1, replay_of: null };
    await kysely
      .insertInto('executions')
      .values({ ...row, ...times, write: 1 } as never)
      .execute();
    const masked = { execution_id: EXECUTION, name: 'email' };
    await kysely
      .insertInto('execution_keys')
      .values({ ...masked, value: server.vault.searchToken('dev', 'ada@example.test') })
      .execute();
    const total = { amount: '100.50', currency: 'EUR' };
    await received('ord_1', 0, { channel: 'edi', customerOrderNo: 'PO_4711', currency: 'EUR', total });
    await received('ord_2', 5, {
      channel: 'shop',
      customerOrderNo: '#PO-4712',
      total: { amount: '9', currency: 'USD' },
    });
    await emit('ord_1', 'order.validated', 1, { orderKey: 'ord_1', reportedBy: 'platform' });
    await emit('ord_2', 'hold.placed', 6, { holdId: 'h', code: 'CREDIT', reason: 'Limit' });
    const picking = 'odoo:stock.picking::7';
    await emit('odoo:sale.order::88', 'shipment.created', 7, { shipmentKey: picking, tracking: ['1Z999AA1'] });
    await emit('odoo:sale.order::88', 'order.line.shipped', 8, {
      ...{ lineKey: 'ord_1/1', factKey: picking, qty: { value: '6', uom: 'EA' }, reportedBy: 'wms' },
    });
    await settled('q=ord_', ['ord_2', 'ord_1']);
    await settled('q=1Z999', ['odoo:sale.order::88']);
    await emit('ord_1', 'xref.linked', 2, { entity: 'order', keys: ['odoo:sale.order::88', 'ord_1'] });
    await settled('q=1Z999', ['ord_1']);
  });
  afterAll(async () => {
    await projector.stop();
    await server.stop();
  });

  test('are found by any name in any system, whole or its beginning, and by a whole masked one', async () => {
    for (const q of ['PO_47', 'po_4711', '1z999aa1', 'ord_1', '88'])
      expect(await ids(`env=dev&q=${q}`), q).toEqual(['ord_1']);
    expect(await ids('q=PO')).toEqual(['ord_2', 'ord_1']);
    expect(await ids('q=PO%25')).toEqual([]);
    expect(await ids('q=Ada@example.test')).toEqual(['ord_2', 'ord_1']);
    expect(await ids('q=ada@')).toEqual([]);
    expect(await ids('env=prod&q=PO')).toEqual([]);
    const posted = await server.json<OrderPage>(200, 'POST', '/api/v1/orders/search', { q: 'PO_4711' });
    expect(posted.items.map(({ orderId }) => orderId)).toEqual(['ord_1']);
  });

  test('are narrowed by stage, open issues, channel and time, and come page by page, newest first', async () => {
    expect(await ids('stage=validated')).toEqual(['ord_1']);
    expect(await ids('stage=received,validated')).toEqual(['ord_2', 'ord_1']);
    expect(await ids('pending=true')).toEqual(['ord_2']);
    expect(await ids('pending=false')).toEqual(['ord_1']);
    expect(await ids('channel=shop')).toEqual(['ord_2']);
    expect(await ids(`from=${at(3)}`)).toEqual(['ord_2']);
    expect(await ids(`to=${at(3)}`)).toEqual(['ord_1']);
    const first = await find('limit=1');
    expect(first).toMatchObject({ items: [{ orderId: 'ord_2' }], nextCursor: expect.any(String) });
    expect(await find(`limit=1&cursor=${first.nextCursor}`)).toMatchObject({
      items: [{ orderId: 'ord_1' }],
      nextCursor: null,
    });
    for (const wrong of ['stage=shiped', 'cursor=abc', 'pending=perhaps'])
      expect((await server.call('GET', `/api/v1/orders?${wrong}`)).status, wrong).toBe(400);
  });

  test('one says how far it is, what it is called everywhere, and who told what, with the evidence', async () => {
    const order = await read('odoo:sale.order::88');
    expect(order).toMatchObject({
      ...{ orderId: 'ord_1', step: 'validated', customerOrderNo: 'PO_4711', isExceptionPending: false },
      ...{ value: { amount: '100.50', currency: 'EUR' }, beganAt: at(0), stepSince: at(1), events: 5 },
      fulfilment: { shipped: { state: 'partial', units: { done: '6', due: '10', uom: 'EA' } } },
      lines: [
        { lineKey: 'ord_1/1', sku: 'A', quantities: { ordered: '10', shipped: '6', picked: '6', invoiced: '0' } },
      ],
      shipments: [{ key: 'odoo:stock.picking::7', tracking: ['1Z999AA1'] }],
      times: { validated: { firstReachedAt: at(1), currentSince: at(1) } },
    });
    expect(order.identifiers).toContainEqual({ system: 'carrier', type: 'tracking', value: '1Z999AA1' });
    expect(order.identifiers).toContainEqual({ system: 'odoo', type: 'sale.order', value: '88' });
    expect(order.timeline.map(({ type, time }) => `${type.slice(13, -3)} ${time}`)).toEqual([
      ...[`order.line.shipped ${at(8)}`, `shipment.created ${at(7)}`, `xref.linked ${at(2)}`],
      ...[`order.validated ${at(1)}`, `order.received ${at(0)}`],
    ]);
    expect(order.timeline.at(-1)).toMatchObject({
      executionId: EXECUTION,
      flowId: 'shop-order',
      data: { channel: 'edi' },
    });
    expect((await read('ord_2')).holds).toMatchObject([{ code: 'CREDIT', isOpen: true, reason: 'Limit' }]);
    expect((await server.call('GET', '/api/v1/orders/ord_9?env=dev')).status).toBe(404);
    expect((await server.call('GET', '/api/v1/orders/ord_1')).status).toBe(400);
  });

  test('show what was told to those who may see payloads, its masked values to nobody', async () => {
    const mask = ['data.customerOrderNo'];
    const { specversion, type, ...told } = {
      ...{ specversion: '1.0', id: 'masked', source: '//shop', time: at(20), partitionkey: 'ord_3' },
      ...{ type: 'com.platform.order.received.v1', datacontenttype: 'application/json' },
      data: { orderKey: 'ord_3', customerOrderNo: 'SECRET-1', lines: [] },
    } as const;
    const sealed = server.vault.seal(told, { env: 'dev', mask }) as typeof told;
    await server.bus.events.emit('dev', 'ord_3', { specversion, type, ...sealed } as CloudEvent);
    await settled('q=ord_3', ['ord_3']);
    expect(await ids('q=SECRET-1')).toEqual([]);
    for (const role of ['analyst', 'support', 'admin'] as const) {
      const order = await read('ord_3', { authorization: `Bearer ${await server.keyOf(role)}` });
      expect(order).toMatchObject({ customerOrderNo: '•••', timeline: [{ data: { customerOrderNo: '•••' } }] });
    }
    const viewer = await read('ord_3', { authorization: `Bearer ${await server.keyOf('viewer')}` });
    expect(viewer.timeline[0]).not.toHaveProperty('data');
    expect((await server.call('GET', '/api/v1/orders', undefined, { authorization: 'Bearer no' })).status).toBe(401);
  });

  test('are counted by how far they are, with their worth and the oldest of each', async () => {
    const { steps } = await server.json<OrderFunnel>(200, 'GET', '/api/v1/orders/funnel?env=dev');
    const by = Object.fromEntries(steps.map(({ step, ...rest }) => [step, rest]));
    expect(by.validated).toEqual({
      count: 1,
      pending: 0,
      values: [{ amount: '100.50', currency: 'EUR' }],
      oldestSince: at(1),
    });
    expect(by.received).toMatchObject({ pending: 1, values: [{ currency: 'USD' }], oldestSince: at(5) });
    expect(by.shipped).toEqual({ count: 0, pending: 0, values: [] });
  });

  describe('that need a person', () => {
    const say = (path: string, body: object, orderId = 'ord_2') =>
      server.json<{ eventId: string }>(202, 'POST', `/api/v1/orders/${orderId}/${path}`, { env: 'dev', ...body });
    const refused = async (path: string, body: object, orderId = 'ord_2', headers = {}) => {
      const answer = await server.call('POST', `/api/v1/orders/${orderId}/${path}`, { env: 'dev', ...body }, headers);
      return [answer.status, ((await answer.json()) as { detail: string }).detail] as const;
    };
    const exceptionId = 'UNKNOWN_SKU:1';
    const exception = async () => (await read('ord_2')).exceptions.find(({ id }) => id === exceptionId);
    const latest = async () => {
      const { items } = await server.json<{ items: { action: string; thing: string; env: string }[] }>(
        200,
        'GET',
        '/api/v1/audit?limit=1',
      );
      return items[0];
    };

    test('are raised by rules at once when what a rule allows is over, told to watchers and found by it', async () => {
      await server.json(200, 'PUT', '/api/v1/environments/dev/order-rules', {
        settings: { rules: { STUCK_BEFORE_VALIDATION: { within: { minutes: 1 }, owner: 'night shift' } } },
        since: null,
      });
      await received('ord_late', -2, { channel: 'shop', customerOrderNo: 'PO-LATE' });
      await settled('issue=STUCK_BEFORE_VALIDATION', ['ord_late']);
      expect(await ids('issueOwner=night+shift&issueKind=exception')).toEqual(['ord_late']);
      expect(await ids(`issue=STUCK_BEFORE_VALIDATION&issueBefore=${at(-3)}`)).toEqual([]);
      expect(await ids(`issue=STUCK_BEFORE_VALIDATION&issueBefore=${at(1)}`)).toEqual(['ord_late']);
      expect(await ids('issueKind=hold')).toEqual(['ord_2']);
      const order = await read('ord_late');
      expect(order).toMatchObject({
        isExceptionPending: true,
        issues: [{ kind: 'exception', code: 'STUCK_BEFORE_VALIDATION', owner: 'night shift', since: at(-1) }],
        exceptions: [{ title: 'Not validated', severity: 'error', occurrences: 1, action: expect.any(String) }],
        next: [{ step: 'validated', by: at(-1), isLate: true, owner: 'night shift' }],
      });
      const facets = await server.json<OrderFacets>(200, 'GET', '/api/v1/orders/facets?env=dev');
      expect(facets.channels).toEqual([
        { channel: 'edi', count: 1 },
        { channel: 'shop', count: 2 },
      ]);
      expect(facets.issues).toContainEqual(
        expect.objectContaining({ code: 'STUCK_BEFORE_VALIDATION', title: 'Not validated', count: 1 }),
      );
      // What the settings no longer say passes, of orders that are known already too.
      const rules = await server.json<OrderRules>(200, 'GET', '/api/v1/environments/dev/order-rules');
      await server.json(200, 'PUT', '/api/v1/environments/dev/order-rules', { settings: {}, since: rules.updatedAt });
      expect(await latest()).toMatchObject({ action: 'order-rules.changed', env: 'dev' });
      await emit('ord_late', 'order.validated', 0, { orderKey: 'ord_late' });
      await settled('issue=STUCK_BEFORE_VALIDATION', []);
    });

    test('have rules whose settings are checked, field by field, and kept from who changes them unseen', async () => {
      const put = (body: object, headers = {}) =>
        server.call('PUT', '/api/v1/environments/test/order-rules', body, headers);
      const wrong = await put({ settings: { rules: { STUCK_PICK: { within: { minutes: -1 } } }, calendar: 'east' } });
      expect(wrong.status).toBe(400);
      expect(await wrong.text()).toContain('settings.rules.STUCK_PICK.within.minutes');
      expect((await put({ settings: {}, since: at(0) })).status).toBe(412);
      expect((await put({ settings: {}, since: null })).status).toBe(200);
      expect((await put({ settings: {}, since: null })).status).toBe(412);
      for (const [role, status] of [
        ['support', 403],
        ['analyst', 403],
        ['operator', 200],
      ] as const)
        expect(
          (await put({ settings: {} }, { authorization: `Bearer ${await server.keyOf(role)}` })).status,
          role,
        ).toBe(status);
      expect((await server.call('GET', '/api/v1/environments/nowhere/order-rules')).status).toBe(404);
    });

    test('are assigned, commented, settled and released by people, under their names', async () => {
      await emit('ord_2', 'exception.raised', 7, { exceptionId, code: 'UNKNOWN_SKU', reason: 'SKU 8841 is not known' });
      await settled('issue=UNKNOWN_SKU', ['ord_2']);
      await say('assign-exception', { exceptionId, assignee: 'Ivy' });
      expect(await latest()).toMatchObject({ action: 'order.exception-assigned', thing: 'ord_2', env: 'dev' });
      await say('comment-exception', { exceptionId, text: 'Asked the customer' });
      await vi.waitFor(
        async () =>
          expect(await exception()).toMatchObject({
            assignee: 'Ivy',
            isOpen: true,
            comments: [{ text: 'Asked the customer' }],
          }),
        { timeout: 30_000, interval: 100 },
      );
      expect(await ids('issueOwner=Ivy')).toEqual(['ord_2']);
      await say('settle-exception', { exceptionId, reason: 'Linked to ours' });
      await settled('issue=UNKNOWN_SKU', []);
      expect(await exception()).toMatchObject({
        isOpen: false,
        settledBy: expect.any(String),
        reason: 'Linked to ours',
      });
      await say('release-hold', { holdId: 'h', reason: 'Paid' });
      await settled('pending=true', []);
      expect((await read('ord_2')).holds).toMatchObject([{ isOpen: false, reason: 'Paid' }]);
    });

    test('refuse what makes no sense with the field and the fix, and people without the right', async () => {
      expect(await refused('settle-exception', { exceptionId })).toEqual([
        400,
        expect.stringMatching(/field "exceptionId" .*settled.* Take one that is open/),
      ]);
      expect((await refused('settle-exception', { exceptionId }, 'ord_9'))[0]).toBe(404);
      expect((await refused('comment-exception', { exceptionId, text: ' ' }))[1]).toContain('field "text"');
      expect((await refused('release-hold', { holdId: 'x' }))[1]).toContain('field "holdId"');
      const authorization = `Bearer ${await server.keyOf('viewer')}`;
      expect((await refused('comment-exception', { exceptionId, text: 'x' }, 'ord_2', { authorization }))[0]).toBe(403);
    });

    test('name the executions that failed about them, by their numbers and by what they told', async () => {
      const { kysely } = server.db;
      const failed = '01a20920-dc90-7021-a58a-da5461028602';
      const row = { execution_id: failed, flow_id: 'shop-order', revision: 1, env: 'dev' };
      const error = JSON.stringify({ code: 'DATA_INVALID', message: 'orderNo is missing' });
      const ended = { started_at: at(0), ended_at: at(3), keys: '{}', error: null, attempts: 1, replay_of: null };
      await kysely
        .insertInto('executions')
        .values({ ...row, status: 'failed', ...ended, write: 1 } as never)
        .execute();
      await kysely
        .insertInto('execution_keys')
        .values({ execution_id: failed, name: 'po', value: 'PO_4711' })
        .execute();
      await kysely
        .insertInto('dead_letters')
        .values({ ...row, node_id: 'check', error, attempts: 1, trigger_seq: 1, failed_at: at(3) })
        .execute();
      const { failures, identifiers } = await read('ord_1');
      expect(failures).toEqual([
        expect.objectContaining({ executionId: failed, nodeId: 'check', status: 'failed', error: JSON.parse(error) }),
      ]);
      expect((await read('ord_2')).failures).toEqual([]);
      expect(identifiers.find(({ value }) => value === '88')?.url).toBeUndefined();
    });
  });

  test('take events that other systems give, and tell watchers', async () => {
    heard.length = 0;
    const body = { key: 'ord_2', type: 'com.platform.hold.placed.v1', data: { holdId: 'g', code: 'FRAUD' } };
    await server.json(202, 'POST', '/api/v1/environments/dev/events', body);
    await settled('issue=FRAUD', ['ord_2']);
    // The order can be found a moment before watchers are told.
    const change = { kind: 'order', data: { env: 'dev', orderId: 'ord_2' } };
    await vi.waitFor(() => expect(heard).toContainEqual(change), { timeout: 10_000 });
    const ofRule = { exceptionId: 'rule:SHIPPED_NOT_INVOICED', code: 'SHIPPED_NOT_INVOICED' };
    const refused = { ...body, type: 'com.platform.exception.cleared.v1', data: ofRule };
    const { detail } = await server.json<{ detail: string }>(400, 'POST', '/api/v1/environments/dev/events', refused);
    expect(detail).toContain('"data.exceptionId" begins with "rule:"');
    const misspelt = { ...body, data: { holdId: 'g', code: 'FRAUDE' } };
    const told = await server.json<{ detail: string }>(400, 'POST', '/api/v1/environments/dev/events', misspelt);
    expect(told.detail).toContain('body field "data.code" must be one of');
    await server.json(202, 'POST', '/api/v1/environments/dev/events', { ...misspelt, type: 'com.acme.hold.v1' });
  });
});
