import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { erpFlow, orderMessage, storeOrder } from '../fixtures/erp-flows.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook, setErpFaults } from '../fixtures/shop.ts';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
let runtime: RunningRuntime;
let receiver: Server;
const told: { type: string }[] = [];

test.beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      told.push(JSON.parse(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  runtime = await startRuntime({ env: { CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${port}` } });
  await deployFlow(runtime, erpFlow('failing', 'failing', [storeOrder()]));
  await runtime.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name: 'pager', type: 'http', settings: { baseUrl: `http://127.0.0.1:${port}` } },
    credentials: { signingSecret: SECRET },
  });
});
test.afterAll(async () => {
  await runtime.stop();
  await new Promise((resolve) => receiver.close(resolve));
});
test.beforeEach(({ page }) => signIn(page, runtime));

test('a failing flow is seen first, a rule is made, its channel is tried out, and the alarm fires', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await page.getByRole('link', { name: 'Health' }).click();
  await page.getByRole('tab', { name: 'Channels' }).click();
  await page.getByRole('button', { name: 'Add channel' }).click();
  const channel = page.getByRole('dialog', { name: 'Add a channel' });
  await channel.getByLabel('Name').fill('Pager');
  await channel.getByText('Signed webhook').click();
  await channel.getByRole('combobox', { name: 'Connection', exact: true }).click();
  await page.getByRole('option', { name: 'pager' }).click();
  await channel.getByRole('button', { name: 'Save channel' }).click();
  await page.getByRole('button', { name: 'Send a test to Pager' }).click();
  await expect(page.getByText('The test reached “Pager”.')).toBeVisible();
  expect(told.map(({ type }) => type)).toEqual(['alarm.test']);

  await page.getByRole('link', { name: 'Connections' }).click();
  const connections = page.getByRole('table', { name: 'Connections of dev' });
  await expect(connections.getByRole('row', { name: /pager/ })).toContainText('1 channel');
  await connections.getByRole('link', { name: 'pager' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('button', { name: 'Delete connection' })).toBeDisabled();
  await drawer.getByRole('link', { name: 'Pager' }).click();

  await page.getByRole('tab', { name: 'Rules' }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  const rule = page.getByRole('dialog', { name: 'Add an alarm rule' });
  await rule.getByLabel('Name').fill('Orders fail');
  await rule.getByRole('combobox', { name: 'Channels' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Pager' }).click();
  await rule.getByLabel('Name').click();
  await rule.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByRole('table', { name: 'Alarm rules' }).getByText('Orders fail')).toBeVisible();

  await setErpFaults(runtime, { mode: 'fail', status: 422 });
  for (const orderNo of ['H-1', 'H-2']) {
    await expect(async () => {
      expect((await postHook(runtime, 'failing', orderMessage(orderNo))).status).toBe(202);
    }).toPass();
  }
  await page.getByRole('tab', { name: 'Overview' }).click();
  const trouble = page.getByTestId('trouble');
  await expect(trouble).toContainText(/failing.*: 2 executions failed/i, { timeout: 60_000 });
  await expect(trouble).toContainText('Orders fail', { timeout: 60_000 });
  await expect.poll(() => told.map(({ type }) => type), { timeout: 60_000 }).toEqual(['alarm.test', 'alarm.firing']);
  await page.getByText('24 h', { exact: true }).click();
  await expect(page).toHaveURL(/range=24h/);
  await page.reload();
  await trouble.getByRole('link', { name: /2 executions failed/i }).click();
  await expect(page).toHaveURL(/status=failed/);
  await expect(page.getByRole('table', { name: 'Executions' }).getByRole('link', { name: /H-/ })).toHaveCount(2);

  await page.goto(`${runtime.url}/health?tab=alarms`);
  await expect(page.getByRole('table', { name: 'Alarms' })).toContainText('Firing');
  expect(complaints).toEqual([]);
});
