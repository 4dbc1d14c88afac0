import { runNodeForTest } from '@crossdock/connector-sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, failureOf, type OdooPlay, ok, startOdooPlay } from '../testing/odoo-play.ts';
import { odooCreateInvoice } from './manifest.ts';
import { runOdooCreateInvoice } from './run.ts';

/** As Odoo 19.0 gives them. */
const FIELDS = {
  name: { type: 'char' },
  state: { type: 'selection' },
  amount_total: { type: 'monetary' },
  payment_state: { type: 'selection' },
};
const REFUSAL: Answer = {
  status: 422,
  body: { name: 'odoo.exceptions.UserError', message: 'The entry INV/1 must be in draft.', arguments: [], context: {} },
};
const DIALOG = { type: 'ir.actions.act_window', name: 'Validate', res_model: 'validate.account.move' };

let odoo: OdooPlay;
/** Of the invoice, once it is made, and whether it carries the node's key. */
let state: string | undefined;
let isMarked: boolean;
let called: string[];
let onMake: () => Answer;
let onPost: () => Answer;

beforeAll(async () => {
  odoo = await startOdooPlay();
});
afterAll(() => odoo.server.close());
beforeEach(() => {
  [state, isMarked, called] = [undefined, false, []];
  onMake = () => {
    state = 'draft';
    return ok({ type: 'ir.actions.act_window', res_model: 'account.move' });
  };
  onPost = () => {
    state = 'posted';
    return ok(false);
  };
  odoo.answer = ({ method, args }) => {
    called.push(method);
    if (method === 'fields_get') return ok(FIELDS);
    if (method === 'context_get') return ok({ uid: 2 });
    if (method === 'search') {
      const isByKey = JSON.stringify(args.domain) === '[["invoice_source_email","=","key-of-invoice@crossdock"]]';
      return ok(state !== undefined && isByKey === isMarked ? [7] : []);
    }
    if (method === 'write') {
      expect(args.vals).toEqual({ invoice_source_email: 'key-of-invoice@crossdock' });
      isMarked = true;
      return ok(true);
    }
    if (method === 'read') return ok([{ id: 7, name: 'INV/1', state, amount_total: 12, payment_state: 'not_paid' }]);
    if (method === 'create') return ok([3]);
    if (method === 'action_post') return onPost();
    expect(args.context).toMatchObject({ active_ids: [53] });
    return onMake();
  };
});

const run = (config: object = {}) =>
  runNodeForTest(odooCreateInvoice, runOdooCreateInvoice, {
    ...{ config: { orderId: 53, ...config }, idempotencyKey: 'key-of-invoice', connection: odoo.connection() },
  });
const invoice = (is: string) => ({ id: 7, name: 'INV/1', state: is, amount_total: 12, payment_state: 'not_paid' });

test('an invoice is made, marked with the node’s key and left as a draft', async () => {
  expect((await run()).emits).toEqual([{ handle: 'out', payload: { invoice: invoice('draft'), wasThere: false } }]);
  expect(called.filter((method) => !['context_get', 'search'].includes(method))).toEqual([
    ...['fields_get', 'create', 'create_invoices', 'write', 'read'],
  ]);
});

test('one that an earlier attempt made and did not live to mark is that attempt’s', async () => {
  state = 'draft';
  onMake = () => REFUSAL;
  expect((await run()).emits[0]?.payload).toEqual({ invoice: invoice('draft'), wasThere: false });
  expect(isMarked).toBe(true);
});

test('one that an earlier attempt made is found again, and posted if it still has to be', async () => {
  [state, isMarked] = ['draft', true];
  const { emits } = await run({ state: 'posted' });
  expect(emits[0]?.payload).toEqual({ invoice: invoice('posted'), wasThere: true });
  expect(called).not.toContain('create_invoices');
  called = [];
  await run({ state: 'posted' });
  expect(called).toEqual(['fields_get', 'search', 'read']);
});

test('one that is posted though Odoo refuses, as an earlier call has done it, is fine; one that is not is the refusal', async () => {
  [state, isMarked] = ['draft', true];
  onPost = () => {
    state = 'posted';
    return REFUSAL;
  };
  expect((await run({ state: 'posted' })).emits[0]?.payload).toMatchObject({ invoice: { state: 'posted' } });
  state = 'draft';
  onPost = () => REFUSAL;
  expect((await failureOf(run({ state: 'posted' })))?.message).toContain('must be in draft');
});

test('a dialog instead of posting is an error, and so is an order with nothing to invoice or an invoice that was cancelled', async () => {
  onPost = () => ok(DIALOG);
  expect((await failureOf(run({ state: 'posted' })))?.code).toBe('REMOTE_ODOO_DIALOG');
  state = 'cancel';
  expect((await failureOf(run()))?.message).toContain('"cancel"');
  [state, isMarked] = [undefined, false];
  onMake = () => ({ ...REFUSAL, body: { ...(REFUSAL.body as object), message: 'No items are available to invoice.' } });
  expect((await failureOf(run()))?.message).toContain('No items are available');
});
