import type { AuditDetail, StatusMap, UnmappedStatus } from '@crossdock/api-contract';
import type { CloudEvent } from '@crossdock/connector-sdk';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../metrics.ts';
import { type Projector, startProjector } from '../../projector/index.ts';
import { openStatuses } from '../../statuses/index.ts';
import { type ApiServer, startApiServer } from '../api-server.testing.ts';

const BASE = '/api/v1/environments/dev/status-maps';
const SHIPPED = 'com.platform.order.line.shipped.v1';
const HOLD = { document: 'stock.picking', status: 'quality_hold' };

describe('status maps over HTTP', () => {
  let server: ApiServer;
  let projector: Projector;
  beforeAll(async () => {
    server = await startApiServer();
    projector = await startProjector({ ...server, log: pino({ level: 'silent' }), metrics: createMetrics() });
  });
  afterAll(async () => {
    await projector.stop();
    await server.stop();
  });

  const maps = async (env = 'dev') =>
    (await server.json<{ items: StatusMap[] }>(200, 'GET', `/api/v1/environments/${env}/status-maps`)).items;
  const mapOf = async (system: string, env?: string) => (await maps(env)).find((one) => one.system === system);
  const unmapped = async () => (await server.json<{ items: UnmappedStatus[] }>(200, 'GET', `${BASE}/unmapped`)).items;
  const put = <T = StatusMap>(status: number, system: string, body: object) =>
    server.json<T>(status, 'PUT', `${BASE}/${system}`, body);

  test('come for Odoo, carriers and a warehouse, and are replaced as the next version, in one environment', async () => {
    const odoo = await mapOf('odoo');
    expect(odoo).toMatchObject({ version: 0 });
    const entries = [...(odoo?.entries ?? []), { ...HOLD, event: null }];
    expect(await put(200, 'odoo', { version: 0, entries })).toMatchObject({ version: 1, updatedBy: 'First admin key' });
    await put(412, 'odoo', { version: 0, entries: [] });
    expect((await mapOf('odoo'))?.entries).toHaveLength(entries.length);
    expect(await mapOf('odoo', 'test')).toEqual(odoo);
    const { find } = openStatuses(server.bus.registry)('dev');
    expect(find({ system: 'odoo', ...HOLD })).toEqual({ event: null, version: 1 });
    expect(find({ system: 'ups', document: '', status: 'D' })?.version).toBe(0);
    expect(find({ system: 'constructor', document: '', status: 'D' })).toBeUndefined();
    const [row] = (await server.json<{ items: { number: number }[] }>(200, 'GET', '/api/v1/audit?limit=1')).items;
    const told = await server.json<AuditDetail>(200, 'GET', `/api/v1/audit/${row?.number}`);
    expect(told).toMatchObject({ action: 'status-map.changed', thing: 'odoo', env: 'dev' });
    expect(told.after).toEqual({ 'stock.picking quality_hold': 'nothing' });
  });

  test('that are wrong are refused with the line that is', async () => {
    const entries = [{ document: '', status: 'a', event: 'com.platform.order.lost.v1' }];
    const { detail } = await put<{ detail: string }>(400, 'tms', { version: 0, entries });
    expect(detail).toContain('entries/0');
    expect(detail).toContain('no event of the catalogue');
  });

  test('tell which statuses flows met that nobody has mapped, until somebody does', async () => {
    const raise = (order: string, id: string) =>
      server.bus.events.emit('dev', order, {
        ...{ specversion: '1.0', id, source: 'urn:crossdock:dev:f', type: 'com.platform.exception.raised.v1' },
        ...{ time: '2026-11-30T08:00:00.000Z', partitionkey: order, datacontenttype: 'application/json' },
        data: { exceptionId: 'status:tms:load::CUSTOMS', code: 'STATUS_UNMAPPED', reportedBy: 'platform' },
      } as CloudEvent);
    for (const [order, id] of [
      ['o1', 'a'],
      ['o1', 'b'],
      ['o2', 'c'],
      ['o2', 'c'],
    ] as const)
      await raise(order, id);
    const of = { system: 'tms', document: 'load', status: 'CUSTOMS' };
    await vi.waitFor(async () => expect(await unmapped()).toMatchObject([{ ...of, count: 3, orders: 2 }]), {
      timeout: 30_000,
      interval: 50,
    });
    await put(200, 'tms', { version: 0, entries: [{ document: 'load', status: 'CUSTOMS', event: SHIPPED }] });
    expect(await unmapped()).toEqual([]);
  });

  test('settle what orders had open because of a status, once it is mapped', async () => {
    const open = async () =>
      (await server.db.kysely.selectFrom('order_issues').select('order_id').where('env', '=', 'test').execute()).length;
    const say = (type: string, id: string, data: object) =>
      server.bus.events.emit('test', 'o9', {
        ...{ specversion: '1.0', id, source: 'urn:crossdock:test:f', type: `com.platform.${type}.v1` },
        ...{ time: '2026-11-30T08:00:00.000Z', partitionkey: 'o9', datacontenttype: 'application/json', data },
      } as CloudEvent);
    const waitFor = (count: number) =>
      vi.waitFor(async () => expect(await open()).toBe(count), { timeout: 30_000, interval: 50 });
    const about = { code: 'STATUS_UNMAPPED', reportedBy: 'platform' };
    await say('exception.raised', 'a', { exceptionId: 'status:tms:load::CUSTOMS', ...about });
    await say('exception.raised', 'b', { exceptionId: 'status:tms:load::LOST', ...about });
    await waitFor(2);
    const entries = [{ document: 'load', status: 'CUSTOMS', event: null }];
    await server.json(200, 'PUT', '/api/v1/environments/test/status-maps/tms', { version: 0, entries });
    await waitFor(1);
  });
});
