import type {
  AuditDetail,
  CrossReference,
  CrossReferenceImport,
  CrossReferenceProposal,
  OrderDetail,
} from '@crossdock/api-contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMetrics } from '../../metrics.ts';
import { type Projector, startProjector } from '../../projector/index.ts';
import { type ApiServer, startApiServer } from '../api-server.testing.ts';

const BASE = '/api/v1/environments/dev/cross-references';

describe('cross-references over HTTP', () => {
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

  const post = <T>(status: number, what: string, body: object, headers?: Record<string, string>) =>
    server.json<T>(status, 'POST', `${BASE}/${what}`, body, headers);
  const list = async (query: string) =>
    (await server.json<{ items: CrossReference[] }>(200, 'GET', `${BASE}?${query}`)).items.map(textsOf);
  const textsOf = ({ ids }: Pick<CrossReference, 'ids'>) => ids.map(({ system, id }) => `${system} ${id}`).toSorted();
  const settled = (query: string, wanted: string[][]) =>
    vi.waitFor(async () => expect((await list(query)).toSorted()).toEqual(wanted), { timeout: 30_000, interval: 50 });
  const link = (entity: string, ...ids: [system: string, id: string, name?: string][]) =>
    post<CrossReference>(200, 'link', {
      entity,
      ids: ids.map(([system, id, name]) => ({ system, id, ...(name === undefined ? {} : { name }) })),
    });

  test('are linked, found by any id or name, and unlinked; the audit tells before and after', async () => {
    const linked = await link('customer', ['shop', '12', 'Acme Ltd'], ['odoo', '7']);
    expect(linked.ids[0]).toMatchObject({ origin: 'person', by: 'First admin key', name: 'Acme Ltd' });
    for (const query of ['q=12', 'q=ACME', 'entity=customer&system=odoo', 'missing=wms'])
      await settled(query, [['odoo 7', 'shop 12']]);
    expect(await list('q=2')).toEqual([]);
    expect(await list('missing=odoo')).toEqual([]);
    const { items } = await server.json<{ items: object[] }>(200, 'GET', `${BASE}/names`);
    expect(items).toEqual([
      { entity: 'customer', system: 'odoo', ids: 1 },
      { entity: 'customer', system: 'shop', ids: 1 },
    ]);
    await post(200, 'unlink', { entity: 'customer', system: 'odoo', id: '7' });
    await settled('q=12', [['shop 12']]);
    await post(404, 'unlink', { entity: 'customer', system: 'odoo', id: '7' });
    const [row] = (await server.json<{ items: { number: number }[] }>(200, 'GET', '/api/v1/audit?limit=1')).items;
    const told = await server.json<AuditDetail>(200, 'GET', `/api/v1/audit/${row?.number}`);
    expect(told).toMatchObject({ action: 'cross-reference.unlinked', env: 'dev', thingName: 'customer: odoo "7"' });
    expect(told).toMatchObject({ before: { ids: ['shop "12"', 'odoo "7"'] }, after: { ids: ['shop "12"'] } });
  });

  test('that contradict what is linked are refused with both sides named, and odd names with the field', async () => {
    await link('product', ['shop', 'A'], ['odoo', '1']);
    const ids = [
      { system: 'shop', id: 'A' },
      { system: 'odoo', id: '2' },
    ];
    const { detail, code } = await post<{ detail: string; code: string }>(409, 'link', { entity: 'product', ids });
    expect(code).toBe('DATA_XREF_CONFLICT');
    expect(detail).toContain('odoo "1" is not odoo "2"');
    expect((await post<CrossReference>(200, 'link', { entity: 'product', ids, several: true })).ids).toHaveLength(3);
    expect((await post<{ detail: string }>(422, 'link', { entity: 'Bad Name', ids })).detail).toContain('"Bad Name"');
  });

  test('are imported line by line, after a dry run that says the same and changes nothing', async () => {
    await link('carrier', ['odoo', '1'], ['wms', 'W1']);
    await settled('entity=carrier', [['odoo 1', 'wms W1']]);
    const csv = 'odoo,wms,name\n1,W1,DHL\n1,W9,\n2,W2,UPS\n3, ,\n,,\n2,W3,\n';
    const dry = await post<CrossReferenceImport>(200, 'import', { entity: 'carrier', csv, dryRun: true });
    expect(await list('entity=carrier')).toEqual([['odoo 1', 'wms W1']]);
    const done = await post<CrossReferenceImport>(200, 'import', { entity: 'carrier', csv });
    expect(dry).toEqual(done);
    expect(done).toMatchObject({ lines: 3, linked: 3, unchanged: 0 });
    expect(done.problems.map(({ line }) => line)).toEqual([3, 6, 7]);
    await settled(
      'entity=carrier&system=wms',
      [
        ['odoo 2', 'wms W2'],
        ['odoo 1', 'wms W1'],
      ].toSorted(),
    );
    const again = await post<CrossReferenceImport>(200, 'import', { entity: 'carrier', csv: 'odoo,wms\n2,W2\n2,W7' });
    expect(again).toMatchObject({ lines: 1, linked: 0, unchanged: 1 });
    const clash = await post<CrossReferenceImport>(200, 'import', { entity: 'carrier', csv: 'odoo,wms\n2,W7' });
    expect(clash.problems[0]).toMatchObject({ line: 2, column: 'wms' });
  });

  test('are proposed, and accepted by a person', async () => {
    await post(200, 'import', { entity: 'partner', csv: 'odoo,name,field.vat\n1,Acme,DE1\n2,Zett,DE2\n' });
    await post(200, 'import', { entity: 'partner', csv: 'crm,name,field.vat\nc1,ACME Ltd,de 1\n' });
    const propose = async () =>
      (await server.json<{ items: CrossReferenceProposal[] }>(200, 'GET', `${BASE}/proposals?entity=partner`)).items;
    const [proposal] = await vi.waitFor(
      async () => {
        const found = await propose();
        expect(found).toHaveLength(1);
        return found;
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(proposal).toMatchObject({ because: ['vat', 'name'], confidence: 1 });
    const ids = [proposal?.a, proposal?.b].map((one) => ({ system: one?.ids[0]?.system, id: one?.ids[0]?.id }));
    await post(200, 'link', { entity: 'partner', ids, origin: 'proposal' });
    await vi.waitFor(async () => expect(await propose()).toEqual([]), { timeout: 30_000, interval: 50 });
  });

  test('of an order name it on its page, whichever comes first, until they are unlinked', async () => {
    const receive = (key: string, id: string) =>
      server.bus.events.emit('dev', key, {
        ...{ specversion: '1.0', id: `received:${key}`, source: '//test', type: 'com.platform.order.received.v1' },
        ...{ time: '2026-11-30T08:00:00.000Z', partitionkey: key, datacontenttype: 'application/json' },
        data: { orderKey: key, lines: [], refs: [{ system: 'shop', type: 'order', id }] },
      });
    const named = async (key: string) => {
      const path = `/api/v1/orders/${encodeURIComponent(key)}?env=dev`;
      const { identifiers } = await server.json<OrderDetail>(200, 'GET', path);
      return identifiers.map(({ system, type, value }) => `${system} ${type} ${value}`);
    };
    const settledAs = (key: string, wanted: string[]) =>
      vi.waitFor(async () => expect(await named(key)).toEqual(wanted), { timeout: 30_000, interval: 50 });
    const own = (key: string, id: string) => [`crossdock order ${key}`, `shop order ${id}`];
    await receive('#2001', '9001');
    await settledAs('#2001', own('#2001', '9001'));
    await link('order', ['shop', '9001'], ['odoo', '153']);
    await link('order', ['shop', '9002'], ['wms', 'W-7']);
    await settledAs('#2001', [`crossdock order #2001`, 'odoo sale.order 153', 'shop order 9001']);
    await receive('#2002', '9002');
    await settledAs('#2002', [...own('#2002', '9002'), 'wms order W-7']);
    await post(200, 'unlink', { entity: 'order', system: 'odoo', id: '153' });
    await settledAs('#2001', own('#2001', '9001'));
    await link('order', ['shop', '9001'], ['odoo', '154']);
    await settledAs('#2001', [`crossdock order #2001`, 'odoo sale.order 154', 'shop order 9001']);
  });

  test('are changed by those who may: support everywhere, analysts in dev, viewers nowhere', async () => {
    const body = {
      entity: 'order',
      ids: [
        { system: 'shop', id: '1' },
        { system: 'odoo', id: '1' },
      ],
    };
    const statusAs = async (role: 'viewer' | 'support' | 'analyst', env: string) => {
      const headers = { authorization: `Bearer ${await server.keyOf(role)}` };
      return (await server.call('POST', `/api/v1/environments/${env}/cross-references/link`, body, headers)).status;
    };
    expect(await statusAs('viewer', 'dev')).toBe(403);
    expect(await statusAs('analyst', 'dev')).toBe(200);
    expect(await statusAs('analyst', 'test')).toBe(403);
    expect(await statusAs('support', 'test')).toBe(200);
  });
});
