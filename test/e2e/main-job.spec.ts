import { expect, test } from '@playwright/test';
import { collectComplaints, drawEdge, signIn, typeMapping } from '../fixtures/browser.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, postHook, shopOrder } from '../fixtures/shop.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

test('draw, deploy, run, see: from sign-in to the mapped value in the trace', async ({ page }) => {
  const complaints = collectComplaints(page);

  await test.step('sign in', () => signIn(page, runtime));

  await test.step('open the flow, drag a validate node in and connect it', async () => {
    await page.getByRole('link', { name: 'Shop order to ERP' }).click();
    await expect(page.getByTestId('node-map')).toBeVisible();
    const target = await page.getByTestId('node-map').boundingBox();
    await page.getByTestId('palette-transform').dragTo(page.locator('.react-flow__pane'), {
      targetPosition: { x: target ? 420 : 400, y: 520 },
    });
    const added = page.getByTestId('node-transform');
    await expect(added).toBeVisible();
    await drawEdge(page, 'map', 'transform');
    await expect(page.locator('.react-flow__edge')).toHaveCount(4);
  });

  await test.step('edit its mapping in Monaco', async () => {
    await page.getByTestId('node-transform').click();
    await typeMapping(page, '{ "greeting": "Hello " & orderNo }');
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
