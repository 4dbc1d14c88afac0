import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OdooPlay, startOdooPlay } from '../testing/odoo-play.ts';
import { callsOf, playBack } from '../testing/recorded.ts';
import { odooNote } from './manifest.ts';
import recorded from './recorded.json' with { type: 'json' };
import { runOdooNote } from './run.ts';

let odoo: OdooPlay;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());

const note = () =>
  runNodeForTest(odooNote, runOdooNote, {
    config: {
      ...{ model: 'sale.order', id: 53, text: 'Shipped <2> & more\nby hand', link: 'https://example.test/o?a=1&b=2' },
    },
    idempotencyKey: 'key-of-note',
    connection: odoo.connection(),
  });

test('a note is posted as HTML that shows the text as it is', async () => {
  const calls = playBack(odoo, recorded.posted);
  expect((await note()).emits).toEqual([{ handle: 'out', payload: { messageId: 796, wasThere: false } }]);
  expect(calls).toEqual(callsOf(recorded.posted));
});

test('a note that an earlier attempt posted is found again', async () => {
  const [search] = recorded.posted;
  const calls = playBack(odoo, [{ call: '', status: 200, body: [796] }]);
  expect((await note()).emits[0]?.payload).toEqual({ messageId: 796, wasThere: true });
  expect(calls).toEqual(callsOf(search ? [search] : []));
});
