import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook } from '../fixtures/shop.ts';

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

const edge = (source: string, target: string, sourceHandle = 'out') => ({
  ...{ id: `${source}-${sourceHandle}`, source, sourceHandle, target, targetHandle: 'in' },
});

/** Asks what a status of a carrier means, and looks the customer up. */
const flow = {
  formatVersion: 1,
  id: 'carrier-news',
  name: 'Carrier news',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'news', method: 'POST', response: 'accepted' } },
    {
      id: 'map',
      type: 'transform',
      config: {
        mapping: '{ "status": status, "order": order, "partner": $xref("customer", "shop", customer, "odoo") }',
      },
    },
    { id: 'status', type: 'status.map', config: { system: 'tms', status: '= status', key: '= order' } },
    { id: 'tell', type: 'transform', config: { mapping: '{ "tells": event }' } },
  ],
  edges: [edge('hook', 'map'), edge('map', 'status'), edge('status', 'tell', 'mapped')],
  settings: {},
};

test('ids are linked, found by any of them, refused where they contradict, and imported after a check', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/references?env=dev`);
  await expect(page.getByRole('heading', { name: 'No ids are linked in dev' })).toBeVisible();
  const link = async (one: string, other: string) => {
    await page.getByRole('button', { name: 'Link ids' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link ids' });
    await dialog.getByLabel('Entity').fill('customer');
    await dialog.getByLabel('System 1').fill('shop');
    await dialog.getByLabel('Id 1').fill(one);
    await dialog.getByLabel('System 2').fill('odoo');
    await dialog.getByLabel('Id 2').fill(other);
    await dialog.getByLabel('Name').fill('Acme Ltd');
    await page.keyboard.press('Enter');
    return dialog;
  };
  await expect(await link('12', '7')).toBeHidden();
  const rows = page.getByTestId('xref');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('Acme Ltd');
  const refused = await link('12', '8');
  await expect(refused).toContainText('odoo "7" is not odoo "8"');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import cross-references' });
  await dialog.getByLabel('Entity').fill('customer');
  await dialog.getByLabel('Lines').fill('odoo,shop,name\n9,14,Zett\n7,15,Acme\n');
  await dialog.getByRole('button', { name: 'Check' }).click();
  await expect(dialog).toContainText('1 line would link something');
  await expect(dialog.getByRole('row', { name: /^3 shop/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Import 1 line' }).click();
  await expect(dialog).toBeHidden();
  await expect(rows).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Find by id or name' }).fill('zet');
  await expect(rows).toHaveCount(1);
  await rows.getByRole('button', { name: 'Unlink shop 14' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
  await expect(rows.first()).not.toContainText('14');
  // The refusal that was asked for is one.
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([]);
});

test('a status that a flow met is mapped in one step, and the flow goes on by it', async ({ page }) => {
  await deployFlow(runtime, flow);
  const post = () =>
    expect(async () => {
      const body = JSON.stringify({ status: 'CUSTOMS', order: 'ord_1', customer: 12 });
      expect((await postHook(runtime, 'news', body)).status).toBe(202);
    }).toPass({ timeout: 30_000 });
  await post();
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/references?env=dev&tab=statuses`);
  const met = page.getByRole('table', { name: 'Met and not mapped' });
  await expect(met).toContainText('CUSTOMS', { timeout: 30_000 });
  await expect(met).toContainText('1 time, 1 order');
  await met.getByLabel('Meaning of CUSTOMS').click();
  await page.getByRole('option', { name: /^shipment.tracking/ }).click();
  await met.getByRole('button', { name: 'Map CUSTOMS' }).click();
  await expect(page.getByText('Flows met no status that is not mapped.')).toBeVisible();
  await post();
  await expect(async () => {
    const { items } = await runtime.json<{ items: { executionId: string; status: string }[] }>(
      'GET',
      '/api/v1/executions?env=dev&flowId=carrier-news&status=succeeded',
    );
    const [newest] = items;
    const { spans } = await runtime.json<{ spans: { nodeId: string }[] }>(
      'GET',
      `/api/v1/executions/${newest?.executionId}`,
    );
    expect(spans.map(({ nodeId }) => nodeId)).toContain('tell');
  }).toPass({ timeout: 30_000 });
});
