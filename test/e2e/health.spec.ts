import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { erpFlow, orderMessage, storeOrder } from '../fixtures/erp-flows.ts';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
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
  const alarms = page.getByRole('table', { name: 'Alarms' });
  await expect(alarms).toContainText('Firing');
  await alarms.getByRole('link', { name: /open dead letters/ }).click();
  await expect(page).toHaveURL(/exceptions\/dead-letters\?.*flow=failing/);
  expect(complaints).toEqual([]);
});

test('what held a call up is told where the execution is', async ({ page }) => {
  await deployFlow(runtime, erpFlow('limited', 'limited', [storeOrder({ rateLimit: { limit: 1, periodMs: 3000 } })]));
  const ids: string[] = [];
  for (const orderNo of ['R-1', 'R-2', 'R-3'])
    await expect(async () => {
      const answer = await postHook(runtime, 'limited', orderMessage(orderNo));
      expect(answer.status).toBe(202);
      ids.push(((await answer.json()) as { executionId: string }).executionId);
    }).toPass();
  await page.goto(`${runtime.url}/executions/${ids.at(-1)}`);
  await expect(page.getByText(/held up for .+: its system takes no more calls at this rate/)).toBeVisible({
    timeout: 30_000,
  });
});

test('a hook that refuses is seen on Health and at its trigger', async ({ page }) => {
  const complaints = collectComplaints(page);
  const flow = plainFlow('locked', 'locked', { webhook: { authentication: 'bearer' } });
  const [hook, ...rest] = flow.nodes;
  await runtime.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name: 'partner', type: 'hook-secret', settings: {}, credentials: { secret: SECRET } },
  });
  const secured = { ...flow, nodes: [{ ...hook, connection: 'partner' }, ...rest] };
  await deployFlow(runtime, secured);
  await expect(async () => {
    expect((await postHook(runtime, 'locked', '{}')).status).toBe(401);
  }).toPass();
  const wrong = { authorization: 'Bearer wrong', 'content-type': 'application/json' };
  for (let at = 0; at < 3; at++) expect((await postHook(runtime, 'locked', '{}', wrong)).status).toBe(401);
  await page.goto(`${runtime.url}/health?env=dev`);
  const table = page.getByRole('table', { name: 'Refused requests' });
  await expect(table).toContainText('3 wrong signature or credential', { timeout: 60_000 });
  await expect(page.getByTestId('trouble')).toContainText(/locked.*requests refused/i);
  await page.goto(`${runtime.url}/flows/locked?node=hook`);
  await expect(page.getByRole('region', { name: 'Set up the sender' })).toContainText(
    '3 wrong signature or credential',
  );
  expect(complaints).toEqual([]);
});
