import { expect, test } from '@playwright/test';
import { collectComplaints, drawEdge, openAs, signIn, typeMapping } from '../fixtures/browser.ts';
import { erpFlow, storeOrder } from '../fixtures/erp-flows.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
  for (const id of ['undoing', 'broken', 'shared']) await runtime.json('POST', '/api/v1/flows', plainFlow(id, id));
});
test.afterAll(() => runtime.stop());

test('deleting is undone and redone, a cycle is refused', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/undoing`);
  const node = page.getByTestId('node-map');
  await node.click();
  await page.keyboard.press('Delete');
  await expect(node).toBeHidden();
  await expect(page.locator('.react-flow__edge')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(node).toBeVisible();
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(node).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(node).toBeVisible();

  await drawEdge(page, 'answer', 'map');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  await expect(page.getByText(/cycle|circle|loop/i).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a flow begins with a template that is searched and looked at, and is a draft of its own', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.getByRole('button', { name: 'New flow' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New flow' });
  await dialog.getByRole('searchbox', { name: 'Search templates' }).fill('shop customer');
  await expect(dialog.getByRole('radio')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('radio', { name: /^Shop customer to Odoo/ })).toBeFocused();
  await expect(dialog.getByRole('img', { name: 'Picture of the flow' })).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Needs in dev' })).toContainText('Connection odoonot there yet');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL('**/flows/shop-customer-to-odoo-2*');
  await expect(page.getByTestId('node-hook')).toBeVisible();
  type Draft = { flow: { nodes: object[]; samples: object[]; tests: object[] } };
  const [template, { flow }] = await Promise.all([
    runtime.json<Draft>('GET', '/api/v1/flow-templates/shop-customer-to-odoo'),
    runtime.json<Draft>('GET', '/api/v1/flows/shop-customer-to-odoo-2'),
  ]);
  expect(flow).toEqual({ ...template.flow, id: 'shop-customer-to-odoo-2' });
  expect(complaints).toEqual([]);
});

test('a mapping that does not parse is an issue that leads to its field, and cannot be published', async ({ page }) => {
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/broken`);
  await page.getByTestId('node-map').click();
  await typeMapping(page, 'order & ');
  await expect(page.getByTestId('issues-toggle')).toContainText('1');
  await page.getByTestId('node-hook').click();
  await page.getByTestId('issues-toggle').click();
  await page.getByRole('button', { name: /mapping does not parse/i }).click();
  await expect(page.getByTestId('mapping-editor')).toBeVisible();
  const draft = () => runtime.json<{ flow: ReturnType<typeof plainFlow> }>('GET', '/api/v1/flows/broken');
  await expect.poll(async () => JSON.stringify((await draft()).flow)).toContain('order & ');
  expect((await runtime.api('POST', '/api/v1/flows/broken/revisions', { message: '' })).status).toBe(422);
});

test('a mapping is written with what the samples and the next schema tell', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/shop-order-to-erp`);
  await page.getByTestId('node-map').click();
  await page.getByRole('tab', { name: 'Mapping' }).click();
  const editor = page.getByTestId('mapping-editor');

  await typeMapping(page, '{ "lines": line_items[quantity > 1].');
  await expect(page.locator('.suggest-widget').getByText('sku', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  // With one line, the ERP would get an object: found, and mended from the keyboard.
  await typeMapping(page, '{ "lines": line_items.{ "sku": sku } }');
  await expect(editor.locator('.squiggly-warning')).toHaveCount(3);
  for (let steps = 0; steps < 22; steps++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ControlOrMeta+.');
  await expect(page.getByText('Always make it an array: […]')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(editor.locator('.view-lines')).toContainText('[line_items.{');
  // Left are the order and its line, which lack fields that the next node's schema requires.
  await expect(editor.locator('.squiggly-warning')).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test('two people on one flow see each other; of changes that part nothing is lost', async ({ page, browser }) => {
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/shared`);
  const other = await openAs(browser, runtime, 'analyst');
  await other.goto(`${runtime.url}/flows/shared`);
  await other.getByTestId('node-answer').click();
  await page.getByRole('button', { name: /^analyst of a test is at/ }).click();
  await expect(page.getByTestId('node-answer')).toHaveAttribute('data-selected', 'true');
  await other.getByRole('link', { name: 'Flows' }).first().click();
  await expect(page.getByRole('list', { name: 'Who has this flow open too' })).toBeHidden();
  await other.context().close();

  await page.getByTestId('node-map').click();
  await expect(page.getByTestId('mapping-editor')).toBeVisible();

  // The other one saves while this one is offline, so that the two states part.
  await page.context().setOffline(true);
  const { etag } = await runtime.json<{ etag: string }>('GET', '/api/v1/flows/shared');
  const theirs = { ...plainFlow('shared', 'shared', { mapping: '"theirs"' }), description: 'Theirs too' };
  await runtime.json('PUT', '/api/v1/flows/shared', theirs, { 'if-match': etag });
  await typeMapping(page, '"mine"');
  await page.context().setOffline(false);

  const dialog = page.getByRole('dialog', { name: /saved this flow while you were changing it/ });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  const saved = async () => JSON.stringify((await runtime.json<{ flow: object }>('GET', '/api/v1/flows/shared')).flow);
  expect(await saved()).toContain('theirs');
  await expect(dialog.getByRole('button', { name: 'Save both' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /As you have it/ }).click();
  await dialog.getByRole('button', { name: 'Save both' }).click();
  await expect.poll(saved).toContain('mine');
  expect(await saved()).toContain('Theirs too');

  // Undo leads to what was on the screen before.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(saved).not.toContain('Theirs too');
  expect(await saved()).toContain('mine');
});

test('a node gets its times as people write them, a breaker, and the action that undoes it', async ({ page }) => {
  const undo = storeOrder({ id: 'off', name: 'Call the order off' });
  await runtime.json('POST', '/api/v1/flows', erpFlow('reliable', 'reliable', [storeOrder()], [undo]));
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/reliable`);
  await page.getByTestId('node-erp').click();
  await page.getByRole('tab', { name: 'Reliability' }).click();
  await page.getByLabel('Timeout of one try').fill('soon');
  await expect(page.getByText('Write a time, such as')).toBeVisible();
  await page.getByLabel('Timeout of one try').fill('1 min 30 s');
  await page.getByRole('switch', { name: 'Pause calls' }).check();
  await page.getByLabel('First pause').fill('20s');
  await page.getByPlaceholder('Nothing: what is done').click();
  await page.getByRole('option', { name: 'Call the order off' }).click();
  await expect(page.getByTestId('node-off')).toContainText('undoes Store the order');
  const node = async () => {
    const { flow } = await runtime.json<{ flow: ReturnType<typeof erpFlow> }>('GET', '/api/v1/flows/reliable');
    return flow.nodes.find(({ id }) => id === 'erp');
  };
  await expect.poll(node).toMatchObject({ timeoutMs: 90_000, breaker: { openMs: 20_000 }, compensate: 'off' });
});
