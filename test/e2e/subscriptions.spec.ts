import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { tell, tellingFlow } from '../fixtures/telling.ts';

test.describe.configure({ timeout: 120_000 });
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const got: { data: { orderKey: string } }[] = [];
let refuses = false;
const partner = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!refuses) got.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  response.writeHead(refuses ? 503 : 204).end();
});
let runtime: RunningRuntime;

test.beforeAll(async () => {
  await new Promise<void>((done) => partner.listen(0, '127.0.0.1', done));
  const { port } = partner.address() as AddressInfo;
  runtime = await startRuntime({ env: { CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${port}` } });
  await deployFlow(runtime, tellingFlow);
  await runtime.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name: 'partner', type: 'http', settings: { baseUrl: `http://127.0.0.1:${port}/hooks` } },
    credentials: { signingSecret: SECRET },
  });
});
test.afterAll(async () => {
  await runtime?.stop();
  partner.close();
});

const order = (no: string) => ({
  ...{ orderKey: no, channel: 'shop', reportedBy: 'channel' },
  lines: [{ lineKey: `${no}/1`, item: { sku: 'A' }, qty: { value: '2', uom: 'EA' } }],
});

test('a partner is subscribed, gets what happens, is seen failing, and gets it again from a time', async ({ page }) => {
  page.setDefaultTimeout(15_000);
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/subscriptions`);
  await expect(page.getByText('Nobody gets events yet')).toBeVisible();

  await page.getByRole('button', { name: 'Add subscription' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Portal');
  await dialog.getByRole('combobox', { name: 'Connection' }).click();
  await page.getByRole('option', { name: 'partner' }).click();
  await dialog.getByRole('textbox', { name: 'Path' }).fill('/orders');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  await tell(runtime, 'order.received', 'S-1', 'shop', order('S-1'));
  await expect.poll(() => got.map(({ data }) => data.orderKey), { timeout: 20_000 }).toContain('S-1');
  const row = page.getByRole('row', { name: /Portal/ });
  await expect(row).toContainText('Delivering');

  refuses = true;
  await tell(runtime, 'order.received', 'S-2', 'shop', order('S-2'));
  await expect(row).toContainText('1 event failing', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Actions of Portal' }).click();
  await page.getByRole('menuitem', { name: 'Last failures' }).click();
  await expect(page.getByRole('dialog')).toContainText('503');
  await page.keyboard.press('Escape');
  refuses = false;
  await expect.poll(() => got.map(({ data }) => data.orderKey), { timeout: 60_000 }).toContain('S-2');

  const before = got.length;
  await page.getByRole('button', { name: 'Actions of Portal' }).click();
  await page.getByRole('menuitem', { name: 'Replay from a time' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await expect.poll(() => got.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2);
  expect(complaints).toEqual([]);
});
