import { type Mailbox, startMailbox } from '@crossdock/connectors/testing';
import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, erpUrl, postHook } from '../fixtures/shop.ts';

const SECRET = 'canary-secret-4711';

let runtime: RunningRuntime;
let mailbox: Mailbox;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  mailbox = await startMailbox({ password: SECRET });
  runtime = await startRuntime({ env: { CROSSDOCK_EGRESS_ALLOW: `127.0.0.1:${mailbox.port}` } });
});
test.afterAll(async () => {
  await runtime.stop();
  await mailbox.stop();
});
test.beforeEach(({ page }) => signIn(page, runtime));

test('a connection is made, checked, chosen at a node, used by an order, and not removed while it is', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  const base = await erpUrl(runtime);
  await page.getByRole('link', { name: 'Connections' }).click();
  const table = page.getByRole('table', { name: 'Connections of dev' });
  await expect(table.getByRole('link', { name: 'erp' })).toBeVisible();

  await page.getByRole('button', { name: 'New connection' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('textbox', { name: 'Name', exact: true }).fill('second-erp');
  await drawer.getByLabel('Base address').fill('erp');
  await drawer.getByRole('button', { name: 'Create connection' }).click();
  await expect(drawer.getByText(/Must be an address such as/).first()).toBeVisible();
  await expect(drawer.getByLabel('Base address')).toBeFocused();
  await drawer.getByLabel('Base address').fill(base);
  await drawer.getByRole('combobox', { name: 'Authentication' }).click();
  await page.getByRole('option', { name: 'Bearer token' }).click();
  await drawer.getByRole('button', { name: 'Create connection' }).click();
  await expect(drawer.getByText('Enter the bearer token')).toBeVisible();
  await expect(drawer.getByLabel('Bearer token')).toBeFocused();
  await drawer.getByLabel('Bearer token').fill(SECRET);
  await drawer.getByLabel('Path for the check').fill('/orders/count');
  await drawer.getByRole('button', { name: 'Save and check' }).click();
  await expect(drawer.getByText(/It works, \d+ ms/)).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Replace Bearer token' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(SECRET);

  // A credential that is replaced is offered to be checked where it stands.
  await drawer.getByRole('button', { name: 'Replace Bearer token' }).click();
  await drawer.getByLabel('Bearer token').fill(`${SECRET}-2`);
  await drawer.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(drawer.getByText('Not checked since a credential was entered.')).toBeVisible();
  await expect(drawer.getByText(/It works/)).toBeHidden();
  await drawer.getByRole('button', { name: 'Check connection' }).click();
  await expect(drawer.getByText(/It works, \d+ ms/)).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Check connection' })).toBeHidden();

  // To another address nothing goes that was not entered for it.
  await drawer.getByLabel('Base address').fill('https://elsewhere.example.com');
  await expect(drawer.getByText(/Enter its credentials again/)).toBeVisible();
  // Nor does what was entered go without a question; Escape in a calendar closes that alone.
  const question = page.getByRole('dialog', { name: 'Discard changes?' });
  const calendar = drawer.getByRole('button', { name: 'Next month' });
  await drawer.getByLabel('Credentials expire on').fill('2027-03-31');
  await expect(calendar).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(calendar).toBeHidden();
  await expect(question).toBeHidden();
  await expect(drawer.getByLabel('Credentials expire on')).toHaveValue('2027-03-31');
  await page.keyboard.press('Escape');
  await expect(question).toContainText('What was entered for “second-erp” in dev is not saved');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(question).toBeHidden();
  await expect(drawer.getByLabel('Base address')).toHaveValue('https://elsewhere.example.com');
  await drawer.getByRole('button', { name: 'Close' }).click();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(drawer).toBeHidden();
  // The whole row opens it, times included.
  await table
    .getByRole('row', { name: /second-erp/ })
    .getByRole('time')
    .last()
    .click();
  await expect(drawer.getByLabel('Base address')).toHaveValue(base);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  const hook = { id: 'hook', type: 'webhook', config: { path: 'connected', method: 'POST' } };
  const send = { id: 'send', type: 'http.request', name: 'Send', config: { url: '/orders', body: '= $' } };
  const edge = { id: 'e1', source: 'hook', sourceHandle: 'out', target: 'send', targetHandle: 'in' };
  const flow = { formatVersion: 1, id: 'connected', name: 'Connected', nodes: [hook, send], edges: [edge] };
  await runtime.json('POST', '/api/v1/flows', flow);
  await page.goto(`${runtime.url}/flows/connected?node=send`);
  const picker = page.getByRole('combobox', { name: 'Connection', exact: true });
  await picker.click();
  await page.getByRole('option', { name: 'second-erp (HTTP API)' }).click();
  const presence = page.getByRole('list', { name: 'Where “second-erp” exists' });
  await expect(presence).toContainText('in dev');
  await expect(presence).toContainText('not in prod');
  await expect
    .poll(
      async () => (await runtime.json<{ flow: { nodes: object[] } }>('GET', '/api/v1/flows/connected')).flow.nodes[1],
    )
    .toMatchObject({ connection: 'second-erp' });

  const connected = { ...flow, nodes: [hook, { ...send, connection: 'second-erp' }] };
  await deployFlow(runtime, connected);
  await expect(async () => {
    expect((await postHook(runtime, 'connected', JSON.stringify({ orderNo: 'CN-1' }))).status).toBe(202);
  }).toPass();
  await expect.poll(async () => (await erpOrders(runtime)).map(({ orderNo }) => orderNo)).toContain('CN-1');

  await page.goto(`${runtime.url}/connections?env=dev`);
  await page.getByRole('table', { name: 'Connections of dev' }).getByRole('link', { name: 'second-erp' }).click();
  const used = page.getByRole('dialog');
  await expect(used.getByRole('link', { name: 'Connected' })).toBeVisible();
  await expect(used.getByText(/It is used by Connected\. Before you delete it, undeploy these flows\./)).toBeVisible();
  await expect(used.getByRole('button', { name: 'Delete connection' })).toBeDisabled();
  // Another environment gets its settings; credentials are entered there.
  await used.getByRole('button', { name: 'Copy to…' }).click();
  await page.getByRole('menuitem', { name: 'test', exact: true }).click();
  await expect(used.getByText('This begins as “second-erp” of dev')).toBeVisible();
  await expect(used.getByLabel('Base address')).toHaveValue(base);
  await used.getByRole('button', { name: 'Create connection' }).click();
  await expect(used.getByText('Enter the bearer token')).toBeVisible();
  await used.getByLabel('Bearer token').fill(SECRET);
  await used.getByRole('button', { name: 'Create connection' }).click();
  await expect
    .poll(async () => (await runtime.json<{ items: object[] }>('GET', '/api/v1/connections?env=test')).items)
    .toMatchObject([{ name: 'second-erp', settings: { baseUrl: base, auth: 'bearer' } }]);
  await runtime.api('DELETE', '/api/v1/environments/dev/deployments/connected');
  await page.goto(`${runtime.url}/connections?env=dev`);
  await page.getByRole('table', { name: 'Connections of dev' }).getByRole('link', { name: 'second-erp' }).click();
  await used.getByRole('button', { name: 'Delete connection' }).click();
  await page
    .getByRole('dialog', { name: 'Delete “second-erp” from dev' })
    .getByRole('button', { name: 'Delete connection' })
    .click();
  await expect(
    page.getByRole('table', { name: 'Connections of dev' }).getByRole('link', { name: 'second-erp' }),
  ).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('the check of a mail server tells a wrong password from a right one', async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto(`${runtime.url}/connections?env=dev&open=new&type=smtp&name=post`);
  const drawer = page.getByRole('dialog', { name: 'New connection' });
  await drawer.getByLabel('Host').fill('127.0.0.1');
  await drawer.getByLabel('Port').fill(String(mailbox.port));
  await drawer.getByRole('combobox', { name: 'Encryption' }).click();
  await page.getByRole('option', { name: 'None' }).click();
  await drawer.getByLabel('User').fill('crossdock');
  await drawer.getByLabel('Sender').fill('crossdock@example.test');
  await drawer.getByLabel('Password').fill('not this one');
  await drawer.getByRole('button', { name: 'Save and check' }).click();
  const saved = page.getByRole('dialog', { name: 'post' });
  await expect(saved.getByText('It does not work')).toBeVisible({ timeout: 60_000 });
  await saved.getByRole('button', { name: 'Replace Password' }).click();
  await saved.getByLabel('Password').fill(SECRET);
  await saved.getByRole('button', { name: 'Save and check' }).click();
  await expect(saved.getByText(/It works, \d+ ms/)).toBeVisible();
  await expect(saved).toContainText('took user and password');
  expect(mailbox.mails).toEqual([]);
  expect(complaints).toEqual([]);
});

test('an environment without connections says what they are for', async ({ page }) => {
  await page.goto(`${runtime.url}/connections?env=prod`);
  await expect(page.getByText('No connection in prod yet')).toBeVisible();
  await page.getByRole('button', { name: 'New connection' }).click();
  await expect(page.getByRole('dialog')).toContainText('New connectionprod');
});
