import { expect, test } from '@playwright/test';
import { collectComplaints, fillEditor, signIn } from '../fixtures/browser.ts';
import { erpFlow, orderMessage, storeOrder, waitForOrder } from '../fixtures/erp-flows.ts';
import { deployFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { erpOrders, postHook, setErpFaults } from '../fixtures/shop.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
  const callOff = "= $vars.erpUrl & '/orders/' & output.body.id & '/cancel'";
  const undo = {
    id: 'off',
    type: 'http.request',
    name: 'Call the order off',
    config: { method: 'POST', url: callOff },
  };
  await deployFlow(runtime, erpFlow('plain', 'plain', [storeOrder()]));
  await deployFlow(runtime, erpFlow('blind', 'blind', [storeOrder({ idempotency: 'none' })]));
  await deployFlow(runtime, erpFlow('confirmed', 'confirmed', [waitForOrder(), storeOrder()]));
  const ordered = erpFlow('ordered', 'ordered', [waitForOrder(), storeOrder()]);
  Object.assign(ordered.settings, { orderingKey: 'orderNo' });
  await deployFlow(runtime, ordered);
  await deployFlow(runtime, erpFlow('saga', 'saga', [storeOrder({ compensate: 'off' }), waitForOrder()], [undo]));
});
test.afterAll(() => runtime.stop());
test.beforeEach(({ page }) => signIn(page, runtime));

/** Sends an order once its hook is there; gives its execution. */
async function send(path: string, orderNo: string): Promise<string> {
  let executionId = '';
  await expect(async () => {
    const answer = await postHook(runtime, path, orderMessage(orderNo));
    expect(answer.status).toBe(202);
    executionId = ((await answer.json()) as { executionId: string }).executionId;
  }).toPass();
  return executionId;
}

const orderNos = async () => (await erpOrders(runtime)).map(({ orderNo }) => orderNo);

test('dead letters are found, counted, replayed all at once, and gone from the open ones', async ({ page }) => {
  const complaints = collectComplaints(page);
  await setErpFaults(runtime, { mode: 'fail', status: 422 });
  const sent = Array.from({ length: 12 }, (_, index) => `DL-${index + 1}`);
  for (const orderNo of sent) await send('plain', orderNo);

  await page.goto(`${runtime.url}/exceptions/dead-letters`);
  const table = page.getByRole('table', { name: 'Dead letters' });
  await expect(table.getByRole('link', { name: /DL-/ })).toHaveCount(12);
  await page.getByPlaceholder('Every error').click();
  await page.getByRole('option', { name: 'REMOTE_REJECTED' }).click();
  await expect(page).toHaveURL(/code=REMOTE_REJECTED/);
  await page.reload();
  await expect(table.getByRole('link', { name: /DL-/ })).toHaveCount(12);

  await setErpFaults(runtime, { mode: 'ok' });
  await page.getByRole('button', { name: 'Replay all found' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay dead letters' });
  await expect(dialog.getByTestId('dry-run')).toContainText('12 executions found · 12 can run');
  expect(await orderNos()).toEqual([]);
  await dialog.getByRole('button', { name: 'Replay 12 executions' }).click();
  await expect(dialog.getByTestId('job-progress')).toHaveAttribute('data-status', 'done');
  await expect(dialog).toContainText('12 executions replayed.');
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await expect.poll(async () => (await orderNos()).toSorted()).toEqual(sent.toSorted());
  await expect(table).toBeHidden();
  await expect(page.getByRole('heading', { name: 'All that the filter finds in dev has been replayed' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).first().click();
  await expect(page.getByRole('heading', { name: 'All that failed in dev has been replayed' })).toBeVisible();
  await page.getByRole('button', { name: 'Show the replayed' }).click();
  await expect(table.getByRole('link', { name: /DL-/ })).toHaveCount(12);
  await page.getByRole('button', { name: 'Jobs' }).click();
  await expect(page.getByTestId('job-progress')).toContainText('12 executions replayed.');
  expect(complaints).toEqual([]);
});

test('the ticked ones alone are replayed, with the keyboard too', async ({ page }) => {
  await setErpFaults(runtime, { mode: 'fail', status: 422 });
  for (const orderNo of ['TK-1', 'TK-2', 'TK-3']) await send('plain', orderNo);
  await page.goto(`${runtime.url}/exceptions/dead-letters?q=TK`);
  const table = page.getByRole('table', { name: 'Dead letters' });
  await expect(table.getByRole('link', { name: /TK-/ })).toHaveCount(3);
  await setErpFaults(runtime, { mode: 'ok' });
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Replay 2 executions' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay dead letters' });
  await dialog.getByRole('button', { name: 'Replay 2 executions' }).click();
  await expect(dialog).toContainText('2 executions replayed.');
  await page.keyboard.press('Escape');
  await expect(table.getByRole('link', { name: /TK-/ })).toHaveCount(1);
});

test('a replay from the failed step begins with the payload that a person mended', async ({ page }) => {
  const complaints = collectComplaints(page);
  await setErpFaults(runtime, { mode: 'fail', status: 422 });
  const original = await send('plain', 'WRONG-1');
  await page.goto(`${runtime.url}/executions/${original}`);
  await expect(page.getByText('refused the request with 422').first()).toBeVisible();
  await setErpFaults(runtime, { mode: 'ok' });

  await page.getByRole('button', { name: 'Replay' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay the execution' });
  await expect(dialog.getByLabel(/The failed step/)).toBeChecked();
  const editor = dialog.getByTestId('replay-payload');
  await expect(editor).toContainText('WRONG-1');
  await fillEditor(page, editor, '{"orderNo": "MENDED-1"}');
  await expect(dialog.getByTestId('payload-edited')).toBeVisible();
  await page.keyboard.type('x');
  await expect(dialog.getByRole('alert')).toContainText('not valid JSON');
  await expect(dialog.getByRole('button', { name: 'Replay', exact: true })).toBeDisabled();
  await page.keyboard.press('Backspace');
  await expect(dialog.getByRole('alert')).toBeHidden();
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();

  await page.waitForURL((url) => url.pathname.startsWith('/executions/') && !url.pathname.endsWith(original));
  await expect(page.getByText('Succeeded').first()).toBeVisible();
  expect(await orderNos()).toContain('MENDED-1');
  expect(await orderNos()).not.toContain('WRONG-1');
  await page.getByRole('link', { name: original.slice(0, 8) }).click();
  await page.waitForURL(new RegExp(original));
  await expect(page.getByText('Replayed as')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a waiting execution says what it waits for, and is cancelled', async ({ page }) => {
  const executionId = await send('confirmed', 'CA-1');
  await page.goto(`${runtime.url}/executions/${executionId}`);
  await expect(page.getByTestId('waits')).toContainText('waits for an event order.confirmed with the key CA-1');
  await page.getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel the execution' });
  await expect(dialog).toContainText('What it has done so far stays done.');
  await dialog.getByRole('button', { name: 'Cancel the execution' }).click();
  await expect(page.locator('header [data-status="cancelled"]')).toBeVisible();
  expect(await orderNos()).not.toContain('CA-1');
});

test('an order behind another with its ordering key says whom it waits for', async ({ page }) => {
  const ahead = await send('ordered', 'LN-1');
  const behind = await send('ordered', 'LN-1');
  await page.goto(`${runtime.url}/executions/${behind}`);
  const story = page.getByRole('region', { name: 'What happened, step by step' });
  await expect(story).toContainText('its turn comes when the one before it with the same ordering key has ended');
  await story.getByRole('link', { name: ahead.slice(0, 8) }).click();
  await page.waitForURL(new RegExp(ahead));
  await expect(page.getByTestId('waits')).toContainText('waits for an event order.confirmed');
});

test('a cancelled execution undoes what it did, as the confirmation said', async ({ page }) => {
  const executionId = await send('saga', 'UN-1');
  await page.goto(`${runtime.url}/executions/${executionId}`);
  await expect(page.getByTestId('waits')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel the execution' });
  await expect(dialog).toContainText('1 effect done so far will be undone');
  await expect(dialog).toContainText('Store the order, by Call the order off');
  await dialog.getByRole('button', { name: 'Cancel the execution' }).click();
  await expect(page.locator('header [data-status="compensated"]')).toBeVisible();
  await expect(page.getByText('undoes Store the order').first()).toBeVisible();
});

test('a call in doubt is shown with what is known, decided by a person, and goes on', async ({ page }) => {
  const complaints = collectComplaints(page);
  await setErpFaults(runtime, { mode: 'cut' });
  const executionId = await send('blind', 'ID-1');
  await page.goto(`${runtime.url}/exceptions`);
  await page.getByRole('tab', { name: 'In doubt' }).click();
  await page.getByRole('link', { name: /ID-1/ }).click();
  await page.waitForURL(new RegExp(executionId));
  await setErpFaults(runtime, { mode: 'ok' });
  const panel = page.getByTestId('doubt');
  await expect(panel).toContainText('Nobody knows whether “Store the order” was done');
  await expect(panel).toContainText('REMOTE_UNAVAILABLE');
  await panel.getByRole('button', { name: 'It was done' }).click();
  const dialog = page.getByRole('dialog', { name: /was done/ });
  await fillEditor(page, dialog.getByTestId('doubt-output'), '{"status": 201}');
  await dialog.getByRole('button', { name: 'It was done' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('header [data-status="succeeded"]')).toBeVisible();
  expect((await orderNos()).filter((orderNo) => orderNo === 'ID-1')).toHaveLength(1);

  await page.goto(`${runtime.url}/exceptions/in-doubt`);
  await expect(page.getByText('Nothing is in doubt in dev')).toBeVisible();
  expect(complaints).toEqual([]);
});
