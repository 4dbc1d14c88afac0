import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook } from '../fixtures/shop.ts';
import { tell as tellEvent, tellingFlow } from '../fixtures/telling.ts';

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

const tell = (name: string, key: string, system: string, data: Record<string, unknown>) =>
  tellEvent(runtime, name, key, system, data);

test('from a customer’s order number to the order, and to the execution that is its evidence, in three clicks', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/orders?env=dev`);
  await expect(page.getByRole('heading', { name: 'No orders in dev yet' })).toBeVisible();
  await deployFlow(runtime, tellingFlow);
  await tell('order.received', 'ord_1', 'shop', {
    ...{ orderKey: 'ord_1', channel: 'shop', customerOrderNo: 'PO-4500012345', reportedBy: 'channel' },
    parties: [{ role: 'buyer', name: 'Acme Ltd' }],
    lines: [
      {
        ...{ lineKey: 'ord_1/1', item: { sku: 'A-100' } },
        ...{ qty: { value: '10', uom: 'EA' }, price: { amount: '12.50', currency: 'EUR' } },
      },
    ],
  });
  // The page is open and follows.
  const table = page.getByRole('table', { name: 'Orders' });
  await expect(table.getByText('Acme Ltd')).toBeVisible();
  const shipped = { lineKey: 'ord_1/1', factKey: 'wms-east:shipment::7', qty: { value: '6', uom: 'EA' } };
  await tell('order.line.shipped', 'S-7', 'wms-east', { ...shipped, reportedBy: 'wms' });
  await tell('xref.linked', 'ord_1', 'wms-east', { entity: 'order', keys: ['ord_1', 'S-7'] });
  await tell('hold.placed', 'ord_1', 'odoo-prod', { holdId: 'c', code: 'CREDIT', reason: 'Limit passed' });
  await expect(table.getByText('Shipped 6/10 EA')).toBeVisible();

  await page.getByRole('searchbox', { name: 'Find an order by any number' }).click();
  await page.keyboard.type('po-45000');
  await table.getByRole('link', { name: 'PO-4500012345, Exception pending' }).click();

  await expect(page.getByRole('list', { name: 'Goods' }).getByText('6/10 EA').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Open issues' })).toContainText('Limit passed');
  await expect(page.getByRole('table', { name: 'Lines' }).getByRole('row').nth(1)).toContainText('A-100');
  await expect(page.getByRole('button', { name: 'Copy Shipment · wms-east: 7' })).toBeVisible();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('listitem')).toHaveCount(4);
  await expect(timeline).toContainText('Warehouse · wms-east');

  await timeline.getByRole('link', { name: /Evidence of “Order received”/ }).click();
  await expect(page).toHaveURL(/\/executions\/[0-9a-f-]{36}/);
  await expect(page.getByText('PO-4500012345').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

/** Checks what a shop sends, and fails where a field is missing. */
const checkingFlow = {
  formatVersion: 1,
  id: 'check-orders',
  name: 'Check orders',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'check', method: 'POST', response: 'accepted' } },
    {
      id: 'check',
      type: 'validate',
      name: 'Check order',
      config: { schema: { type: 'object', required: ['shipTo'] } },
    },
  ],
  edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'check', targetHandle: 'in' }],
  settings: { businessKeys: { po: 'po' } },
};

test('an order that is late is raised, seen, assigned and settled; what failed on its way is three clicks from its number', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await deployFlow(runtime, tellingFlow);
  await deployFlow(runtime, checkingFlow);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/order-rules?env=dev`);
  await page.getByRole('button', { name: 'Change “Not validated”' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('For longer than').fill('0 s');
  await dialog.getByLabel('For', { exact: true }).fill('night shift');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Not validated.*night shift.*changed here/ })).toBeVisible();
  await page.getByRole('button', { name: 'Change “No scan by the carrier”' }).click();
  await dialog.getByLabel('Part load (LTL)').fill('3 h');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Change “No acknowledgement”' }).click();
  await dialog.getByLabel('Partner', { exact: true }).fill('ACME');
  await dialog.getByRole('button', { name: 'Add the partner' }).click();
  await dialog.getByRole('textbox', { name: 'ACME' }).fill('20 min');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /No acknowledgement.*changed here/ })).toBeVisible();
  await page.getByRole('button', { name: 'Change “No scan by the carrier”' }).click();
  await expect(dialog.getByLabel('Part load (LTL)')).toHaveValue('3 h');
  await page.keyboard.press('Escape');

  const received = {
    orderKey: 'ord_2',
    channel: 'edi',
    customerOrderNo: 'PO-LATE-77',
    reportedBy: 'channel',
    lines: [],
  };
  await tell('order.received', 'ord_2', 'shop', received);
  await expect(async () => {
    expect((await postHook(runtime, 'check', JSON.stringify({ po: 'PO-LATE-77' }))).status).toBe(202);
  }).toPass({ timeout: 30_000 });

  await page.goto(`${runtime.url}/orders?env=dev&pending=yes&owner=night+shift`);
  const table = page.getByRole('table', { name: 'Orders' });
  await expect(table.getByText('Not validated')).toBeVisible({ timeout: 30_000 });
  await table.getByRole('link', { name: 'PO-LATE-77, Exception pending' }).click();
  const issues = page.getByRole('region', { name: 'Open issues' });
  await expect(issues).toContainText('Look at the execution that validates it.');
  await expect(page.getByRole('region', { name: 'What happens next' })).toContainText('The order is validated');

  await issues.getByRole('button', { name: 'Assign' }).click();
  await dialog.getByLabel('Who takes charge').fill('Ivy');
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await expect(issues).toContainText('With Ivy', { timeout: 30_000 });
  await issues.getByRole('button', { name: 'Comment' }).click();
  await dialog.getByLabel('Comment', { exact: true }).fill('Asked the shop for the address');
  await dialog.getByRole('button', { name: 'Comment' }).click();
  await expect(issues.getByRole('list', { name: 'Comments' })).toContainText('Asked the shop', { timeout: 30_000 });
  await issues.getByRole('button', { name: 'Settle' }).click();
  await dialog.getByRole('button', { name: 'Settle' }).click();
  await expect(issues).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Exception settled');

  await page.goto(`${runtime.url}/orders?env=dev`);
  await page.getByRole('searchbox', { name: 'Find an order by any number' }).click();
  await page.keyboard.type('po-late');
  await table.getByRole('link', { name: /PO-LATE-77/ }).click();
  await page.getByRole('link', { name: 'Open what failed in “Check orders”' }).click();
  await expect(page.getByRole('alert')).toContainText("must have required property 'shipTo'");
  expect(complaints).toEqual([]);
});
