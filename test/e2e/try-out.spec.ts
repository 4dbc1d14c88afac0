import { expect, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook } from '../fixtures/shop.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

test('a draft runs simulated, step by step, and for real after a warning; the run becomes a test', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/shop-order-to-erp`);
  const trial = page.getByRole('region', { name: 'Run on trial' });
  await page.getByRole('button', { name: 'Run once' }).click();
  await expect(trial).toContainText('Succeeded');
  await expect(trial).toContainText('Effects simulated');
  await expect(page.getByTestId('node-erp')).toContainText(/simulated/i);
  await trial.getByRole('button', { name: 'Keep as test' }).click();

  await page.getByRole('button', { name: /^Tests/ }).click();
  const tests = page.getByRole('dialog', { name: 'Tests' });
  await tests.getByRole('button', { name: 'Run all' }).click();
  await expect(tests.getByRole('status')).toHaveText('10 tests, none fails');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'More ways to run' }).click();
  await page.getByRole('menuitem', { name: 'Step by step' }).click();
  await expect(trial).toContainText('Stopped after 2 attempts');
  await trial.getByRole('button', { name: 'Next step' }).click();
  await expect(trial).toContainText('Stopped after 3 attempts');
  await trial.getByRole('button', { name: 'Run to the end' }).click();
  await expect(trial).toContainText('Succeeded');

  await page.getByRole('button', { name: 'More ways to run' }).click();
  await page.getByRole('menuitem', { name: 'With real effects …' }).click();
  const warning = page.getByRole('dialog', { name: 'Run with real effects?' });
  await expect(warning).toContainText('1 node of this flow may make calls in dev');
  await warning.getByRole('button', { name: 'Run with real effects' }).click();
  await expect(trial).toContainText('Real effects');
  await page.getByTestId('node-chk').click();
  await page.getByRole('tab', { name: 'Try-out' }).click();
  await page.getByRole('button', { name: 'Run from here' }).click();
  await expect(page.getByTestId('tryout-span')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('an execution becomes a test that keeps a wrong draft from being published until it is accepted', async ({
  page,
}) => {
  await deployFlow(
    runtime,
    plainFlow('guarded', 'guarded', {
      mapping: "{ 'no': order, 'mail': email }",
      settings: { mask: ['email', '**.mail'] },
    }),
  );
  await postHook(runtime, 'guarded', JSON.stringify({ order: 'A-1', email: 'real.person@shop.de' }));
  await expect.poll(async () => (await latestExecution())?.status).toBe('succeeded');
  const executionId = (await latestExecution())?.executionId;
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/executions/${executionId}`);
  await page.getByRole('button', { name: 'Keep as test' }).click();
  await expect(page.getByText('It is a test of the flow now; masked values were replaced')).toBeVisible();
  await page.getByRole('button', { name: 'More ways to keep it' }).click();
  await page.getByRole('menuitem', { name: 'Open the flow' }).click();

  await page.getByRole('button', { name: /^Tests/ }).click();
  const tests = page.getByRole('dialog', { name: 'Tests' });
  await tests.getByRole('button', { name: 'Run all' }).click();
  await expect(tests.getByRole('status')).toHaveText('1 test, none fails');
  await tests.getByRole('switch', { name: 'Publish only when all tests pass' }).click();
  await expect.poll(async () => (await draft()).flow.settings.testsGate).toBe('publish');
  expect(JSON.stringify(await draft())).not.toContain('real.person');

  const { etag, flow } = await draft();
  const nodes = flow.nodes.map((node) =>
    node.id === 'map' ? { ...node, config: { mapping: "{ 'number': order }" } } : node,
  );
  await runtime.json('PUT', '/api/v1/flows/guarded', { ...flow, nodes }, { 'if-match': etag });
  await page.reload();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page
    .getByRole('dialog', { name: /Publish/ })
    .getByRole('button', { name: 'Publish' })
    .click();
  await expect(page.getByText('1 of 1 tests fail')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Tests/ }).click();
  await tests.getByRole('button', { name: 'Run all' }).click();
  await expect(tests).toContainText('outputs.map.no');
  await tests.getByRole('button', { name: 'Take what was got' }).click();
  await tests.getByRole('button', { name: 'Run all' }).click();
  await expect(tests.getByRole('status')).toHaveText('1 test, none fails');
  expect((await runtime.api('POST', '/api/v1/flows/guarded/revisions', { message: '' })).status).toBe(201);

  function draft() {
    return runtime.json<{ etag: string; flow: ReturnType<typeof plainFlow> & { settings: { testsGate?: string } } }>(
      'GET',
      '/api/v1/flows/guarded',
    );
  }
  async function latestExecution() {
    const { items } = await runtime.json<{ items: { executionId: string; status: string }[] }>(
      'GET',
      '/api/v1/executions?flowId=guarded&limit=1',
    );
    return items[0];
  }
});
