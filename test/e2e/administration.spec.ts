import { expect, test } from '@playwright/test';
import { collectComplaints, openAs, signIn } from '../fixtures/browser.ts';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpUrl } from '../fixtures/shop.ts';

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

test('a private host is allowed and removed, errors stand at the field, and who may not change sees the list', async ({
  page,
  browser,
}) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/connections?env=dev`);
  await page.getByRole('tab', { name: 'Private hosts' }).click();
  await expect(page).toHaveURL(/tab=private-hosts/);
  // The sandbox is allowed by how the installation was started, and not to be removed here.
  const table = page.getByRole('table', { name: 'Private hosts that dev may call' });
  await expect(table.getByRole('row', { name: new RegExp(new URL(await erpUrl(runtime)).host) })).toContainText(
    'the installation',
  );
  await expect(table.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Refused unless allowed' })).toContainText('169.254.0.0/16');

  const panel = page.getByRole('tabpanel', { name: 'Private hosts' });
  const field = panel.getByRole('textbox', { name: 'Host or range' });
  const allow = panel.getByRole('button', { name: 'Allow', exact: true });
  await field.fill('http://erp.internal');
  await allow.click();
  await expect(page.getByText(/Write a host, host:port/)).toBeVisible();
  await field.fill('ERP.internal:8069');
  await expect(page.getByText('Opens erp.internal at port 8069 alone.')).toBeVisible();
  await allow.click();
  const row = table.getByRole('row', { name: /erp\.internal:8069/ });
  await expect(row).toContainText('dev, on this page');
  const ofDev = () => runtime.json<{ allow: string[] }>('GET', '/api/v1/environments/dev/egress');
  expect((await ofDev()).allow).toEqual(['erp.internal:8069']);
  await field.fill('erp.internal:8069');
  await expect(page.getByText('This is allowed already.')).toBeVisible();

  // What opens the credentials of a cloud is said, and typed, before.
  await field.fill('169.254.0.0/16');
  await allow.click();
  const wide = page.getByRole('dialog', { name: 'Allow 169.254.0.0/16 in dev' });
  await expect(wide).toContainText('clouds give out credentials');
  await expect(wide.getByRole('button', { name: 'Allow' })).toBeDisabled();
  await wide.getByRole('button', { name: 'Cancel' }).click();
  await field.fill('fd00:ec2::/32');
  await allow.click();
  await expect(page.getByRole('dialog', { name: 'Allow fd00:ec2::/32 in dev' })).toContainText('fd00:ec2::254');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await row.getByRole('button', { name: 'Remove erp.internal:8069' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  expect((await ofDev()).allow).toEqual([]);
  expect(complaints).toEqual([]);

  const analyst = await openAs(browser, runtime, 'analyst');
  await analyst.goto(`${runtime.url}/connections?env=dev&tab=private-hosts`);
  await expect(analyst.getByRole('table', { name: 'Private hosts that dev may call' })).toBeVisible();
  await expect(analyst.getByRole('textbox', { name: 'Host or range' })).toHaveCount(0);
  await analyst.context().close();
});

test('retention is changed for one environment, with a bound and an effect, and the audit tells it', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/settings?tab=retention`);
  const part = page.getByRole('region', { name: 'Test', exact: true });
  const executions = part.getByRole('textbox', { name: 'Executions' });
  const payloads = part.getByRole('textbox', { name: 'Payloads' });
  await executions.fill('0');
  await expect(part.getByText('A whole number from 1 to 3,650.')).toBeVisible();
  await executions.fill('20');
  await payloads.fill('21');
  await expect(part.getByText('Payloads cannot be kept longer than their executions.')).toBeVisible();
  await expect(part.getByRole('button', { name: 'Save' })).toBeDisabled();
  await payloads.fill('10');
  const letters = part.getByRole('textbox', { name: 'Dead letters' });
  await letters.fill('31');
  await expect(part.getByText('A whole number from 1 to 30.')).toBeVisible();
  await expect(part.getByRole('button', { name: 'Save' })).toBeDisabled();
  await letters.fill('30');
  await expect(part.getByRole('status')).toHaveText('Nothing that is there now is older.');
  await part.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Retention of Test is saved.')).toBeVisible();
  await page.reload();
  await expect(executions).toHaveValue('20 days', { timeout: 60_000 });
  await expect(payloads).toHaveValue('10 days');
  const dev = await runtime.json<{ executionDays: number }>('GET', '/api/v1/environments/dev/retention');
  expect(dev.executionDays).not.toBe(20);

  await page.goto(`${runtime.url}/settings?tab=audit`);
  await page.getByRole('button', { name: 'retention.changed' }).click();
  await expect(page.getByRole('dialog').getByRole('row', { name: /payloadDays/ })).toContainText('10');
  expect(complaints).toEqual([]);
});

test('variables show who reads them, and which ones running flows miss', async ({ page }) => {
  const complaints = collectComplaints(page);
  await runtime.json('PUT', '/api/v1/environments/test/variables', { rate: 2 });
  await deployFlow(runtime, plainFlow('priced', 'priced', { mapping: '{ "net": price * $vars.rate }' }), 'test');
  await runtime.json('PUT', '/api/v1/environments/test/variables', {});
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/deployments?tab=variables&env=test`);
  const missing = page.getByRole('alert');
  await expect(missing).toContainText('Not set in test, but needed by flows that run there');
  await expect(missing.getByRole('list', { name: 'Where rate is read' })).toContainText('runs as r1');
  await missing.getByRole('button', { name: 'Add rate' }).click();
  await expect(missing).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Value: rate' }).fill('3');
  await page.getByRole('button', { name: 'Save variables' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save variables' }).click();
  await expect(page.getByText('The variables of test are saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Where rate is read' }).click();
  await page.getByRole('list', { name: 'Where rate is read' }).getByRole('link', { name: 'priced' }).click();
  await expect(page).toHaveURL(/flows\/priced\?.*node=map/);
  expect(complaints).toEqual([]);
});

test('undeploying names the flows whose calls fail, and what was undeployed is brought back', async ({ page }) => {
  const complaints = collectComplaints(page);
  const called = {
    ...{ formatVersion: 1, id: 'stock', name: 'Stock', edges: [] },
    nodes: [{ id: 'start', type: 'flow.called', config: {} }],
  };
  const calling = plainFlow('asking', 'asking', { webhook: { response: 'accepted' } });
  await deployFlow(runtime, called);
  await deployFlow(runtime, {
    ...calling,
    nodes: calling.nodes.map((node) =>
      node.id === 'map' ? { id: 'map', type: 'flow.call', name: 'Ask the stock', config: { flowId: 'stock' } } : node,
    ),
  } as typeof calling);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/deployments`);
  await page.getByRole('button', { name: 'Stock in dev' }).click();
  await page.getByRole('menuitem', { name: 'Undeploy' }).click();
  const undeploy = page.getByRole('dialog', { name: 'Undeploy “Stock” from dev' });
  await expect(undeploy.getByRole('list', { name: 'Flows that run in dev call it' })).toContainText(
    '“asking” (r1), at the node “Ask the stock”',
  );
  await undeploy.getByRole('button', { name: 'Undeploy' }).click();
  const row = page.getByRole('row', { name: /Stock/ });
  await expect(row).toContainText('r1, undeployed');
  await page.getByRole('button', { name: 'Stock in dev' }).click();
  await page.getByRole('menuitem', { name: 'Roll back to r1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back to r1' }).click();
  await expect(page.getByText('“Stock” runs revision 1 in dev.')).toBeVisible();
  await expect(row).not.toContainText('undeployed');
  expect(complaints).toEqual([]);
});
