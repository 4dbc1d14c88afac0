import type { StatusPort } from '@crossdock/connector-sdk';
import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { eventProblems } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';
import { statusMap } from './manifest.ts';
import { runStatusMap } from './run.ts';

const SHIPPED = 'com.platform.order.line.shipped.v1';
const statuses: StatusPort = {
  find: ({ status }) =>
    status === 'done' ? { event: SHIPPED, version: 3 } : status === 'draft' ? { event: null, version: 3 } : undefined,
};
const config = { system: 'odoo', document: 'stock.picking', status: '= state', key: '= order' };
const run = (state: string) =>
  runNodeForTest(statusMap, runStatusMap, { config, input: { state, order: 'ord_1' }, statuses });

describe('status.map', () => {
  test('goes on with the event that a status is mapped to, and elsewhere with what is mapped to none', async () => {
    expect((await run('done')).emits).toEqual([{ handle: 'mapped', payload: { event: SHIPPED, version: 3 } }]);
    const ignored = await run('draft');
    expect(ignored.emits).toEqual([{ handle: 'ignored', payload: { version: 3 } }]);
    expect(ignored.events).toEqual([]);
  });

  test('raises an exception of the order that names system and status, where nobody has mapped it', async () => {
    const { emits, events } = await run('quality_hold');
    const exceptionId = 'status:odoo:stock.picking::quality_hold';
    expect(emits).toEqual([{ handle: 'unmapped', payload: { exceptionId } }]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      key: 'ord_1',
      event: {
        type: 'com.platform.exception.raised.v1',
        data: {
          exceptionId,
          code: 'STATUS_UNMAPPED',
          reason: 'Status "quality_hold" of stock.picking in odoo is not mapped to an event',
        },
      },
    });
    expect(eventProblems(events[0]?.event)).toEqual([]);
  });
});
