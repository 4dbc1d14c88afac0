import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { ADMIN_EMAIL, ADMIN_PASSWORD, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.json('POST', '/api/v1/flows', formFlow());
});
test.afterAll(() => runtime.stop());

test('the first visit offers a tour: by keyboard through all its steps, and never offered again', async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto(`${runtime.url}/sign-in`);
  await page.getByLabel('E-mail').fill(ADMIN_EMAIL);
  await page.getByLabel('Password').fill(ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const welcome = page.getByRole('dialog', { name: 'Welcome to Crossdock' });
  await expect(welcome.getByRole('button', { name: 'Take the tour' })).toBeFocused();
  await page.keyboard.press('Enter');
  for (let at = 1; at <= 10; at++) {
    const step = page.getByRole('dialog').filter({ hasText: `${at} of 10` });
    await expect(step.getByRole('button', { name: at === 10 ? 'Done' : 'Next' })).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Exceptions' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('button', { name: 'Help menu' }).click();
  await page.getByRole('menuitem', { name: 'Take the tour' }).click();
  await expect(page.getByText('1 of 10')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(complaints).toEqual([]);
});

test('help tells of a node type and its errors, from the palette by key and from the command palette', async ({
  page,
}) => {
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/forms`);
  await page.getByTestId('palette-http.request').press('F1');
  const help = page.getByRole('dialog');
  await expect(help).toContainText('One try may take 30 s');
  await help.getByRole('button', { name: 'REMOTE_REJECTED' }).click();
  await expect(help).toContainText('What to do');
  await help.getByRole('button', { name: 'HTTP request' }).click();
  await expect(help).toContainText('One try may take 30 s');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog').getByRole('combobox').fill('help: write to odoo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('One try may take 2 min 30 s');
});

test('a form keeps both sides of a switch, takes pasted headers, makes a schema and a connection', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/forms?node=call`);
  const url = page.getByRole('textbox', { name: 'URL' });
  await page
    .getByRole('group', { name: 'Examples for URL' })
    .getByRole('button', { name: '/orders', exact: true })
    .click();
  await expect(url).toHaveValue('/orders');
  await page.getByRole('button', { name: 'URL: compute with an expression' }).click();
  await page.getByRole('button', { name: 'URL: a fixed value' }).click();
  await expect(url).toHaveValue('/orders');

  const headers = page.getByRole('group', { name: 'Headers' });
  await headers.getByRole('button', { name: 'Paste as text' }).click();
  await page.getByLabel('Headers as text').fill('Accept: text/plain\nX-Shop: = shop\naccept: */*');
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(headers.getByRole('alert')).toContainText('“Accept” is there twice');
  await headers.getByRole('button', { name: 'Remove accept' }).last().click();
  await headers.getByLabel('Headers: Value X-Shop').press('Alt+ArrowUp');
  await expect(headers.getByLabel('Headers: Name').first()).toHaveValue('X-Shop');

  await page.getByRole('button', { name: 'New connection…' }).click();
  const drawer = page.getByRole('dialog', { name: 'New connection' });
  await drawer.getByRole('textbox', { name: 'Name', exact: true }).fill('made-here');
  await drawer.getByLabel('Base address').fill('https://shop.example.test');
  await drawer.getByRole('button', { name: 'Create connection' }).click();
  await expect(page.getByRole('dialog', { name: /made-here/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Connection', exact: true })).toHaveValue(/made-here/);

  await page.getByTestId('node-check').click();
  await page.getByRole('button', { name: 'From a sample' }).click();
  await page.getByRole('menuitem', { name: 'Paste a sample …' }).click();
  await page
    .getByLabel('A sample, as JSON')
    .fill('{"orderNo": "A-1", "placedAt": "2027-03-01", "lines": [{"sku": "x"}]}');
  await page.getByRole('button', { name: 'Make the schema' }).click();
  await page.getByLabel('placedAt is required').uncheck();
  const schema = async () => {
    const { flow } = await runtime.json<{ flow: ReturnType<typeof formFlow> }>('GET', '/api/v1/flows/forms');
    const configOf = (nodeId: string) => flow.nodes.find(({ id }) => id === nodeId);
    return { check: configOf('check')?.config, headers: configOf('call')?.config, at: configOf('call')?.connection };
  };
  await expect.poll(schema).toMatchObject({
    check: { schema: { required: ['orderNo', 'lines'], properties: { placedAt: { format: 'date' } } } },
    headers: { url: '/orders', headers: { 'X-Shop': '= shop', Accept: 'text/plain' } },
    at: 'made-here',
  });
  expect(complaints).toEqual([]);
});

/** A hook, a check without rules and a call without settings. */
function formFlow() {
  const flow = plainFlow('forms', 'forms');
  const nodes: { id: string; type: string; config: Record<string, unknown>; connection?: string }[] = [
    ...flow.nodes.slice(0, 1),
    { id: 'check', type: 'validate', config: { schema: {} } },
    { id: 'call', type: 'http.request', config: {} },
  ];
  const edges = [
    { id: 'e1', source: nodes[0]!.id, sourceHandle: 'out', target: 'check', targetHandle: 'in' },
    { id: 'e2', source: 'check', sourceHandle: 'out', target: 'call', targetHandle: 'in' },
  ];
  return { ...flow, nodes, edges };
}
