import { expect, test } from '@playwright/test';
import { ADMIN_EMAIL, ADMIN_PASSWORD, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, postHook, shopOrder } from '../fixtures/shop.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

test('draw, deploy, run, see: from sign-in to the mapped value in the trace', async ({ page }) => {
  const complaints: string[] = [];
  // Asking who is signed in before anybody is answers 401, which the browser counts as an error.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  await test.step('sign in', async () => {
    await page.goto(runtime.url);
    await page.getByLabel('E-mail').fill(ADMIN_EMAIL);
    await page.getByLabel('Password').fill(ADMIN_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Flows' })).toBeVisible();
  });

  await test.step('open the flow, drag a validate node in and connect it', async () => {
    await page.getByText('Shop order to ERP').first().click();
    await expect(page.getByTestId('node-map')).toBeVisible();
    const target = await page.getByTestId('node-map').boundingBox();
    await page.getByTestId('palette-transform').dragTo(page.locator('.react-flow__pane'), {
      targetPosition: { x: target ? 420 : 400, y: 520 },
    });
    const added = page.getByTestId('node-transform');
    await expect(added).toBeVisible();
    await page.getByTestId('node-map').locator('.react-flow__handle.source').first().hover();
    await page.mouse.down();
    const handle = await added.locator('.react-flow__handle.target').first().boundingBox();
    await page.mouse.move((handle?.x ?? 0) + 3, (handle?.y ?? 0) + 3, { steps: 12 });
    await page.mouse.up();
    await expect(page.locator('.react-flow__edge')).toHaveCount(4);
  });

  await test.step('edit its mapping in Monaco', async () => {
    await page.getByTestId('node-transform').click();
    const editor = page.getByTestId('mapping-editor').locator('.monaco-editor').first();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('{ "greeting": "Hello " & orderNo }');
    await expect(page.getByTestId('save-state')).toHaveText(/Saved/, { timeout: 15_000 });
  });

  await test.step('publish and deploy', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    const publish = page.getByRole('dialog');
    await publish.getByRole('textbox').first().fill('Greets the order');
    await publish.getByRole('button', { name: /Publish/ }).click();
    await expect(publish).toBeHidden();
    await page.getByRole('button', { name: 'Deploy' }).click();
    const deploy = page.getByRole('dialog');
    await deploy.getByRole('button', { name: /Deploy/ }).click();
    await expect(page.getByText(/live in|Deployed/i).first()).toBeVisible();
  });

  const order = shopOrder(4711);
  let executionId = '';
  await test.step('post an order', async () => {
    await expect(async () => {
      const answer = await postHook(runtime, 'shop/orders', JSON.stringify(order));
      expect(answer.status).toBe(202);
      executionId = ((await answer.json()) as { executionId: string }).executionId;
    }).toPass();
    await expect.poll(async () => (await erpOrders(runtime)).length).toBeGreaterThan(0);
  });

  await test.step('find it by its number and read the mapped value in its trace', async () => {
    await page.goto(`${runtime.url}/executions?q=${encodeURIComponent(order.name)}`);
    await page.getByRole('link', { name: new RegExp(order.name) }).click();
    await page.waitForURL(new RegExp(executionId));
    await page.locator('button[title^="transform ·"]').click();
    await expect(page.getByRole('tree', { name: 'Output as a tree' })).toContainText(`Hello ${order.name}`);
  });

  expect(complaints).toEqual([]);
});
