import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { collectComplaints, openAs, signIn } from '../fixtures/browser.ts';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook } from '../fixtures/shop.ts';

const MASKED = 'canary-4711@example.com';
const REASON = 'Ticket 4711: the customer asks what we hold';

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

function signedHeaders(secret: string, body: string): Record<string, string> {
  const id = `msg_${Math.random().toString(36).slice(2)}`;
  const time = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    ...{ 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` },
  };
}

test('a sender is set up: scheme, guide, generated secret; what it signed is taken, what was changed is not', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  const flow = plainFlow('signed', 'signed', { webhook: { response: 'accepted' } });
  await runtime.json('POST', '/api/v1/flows', flow);
  await signIn(page, runtime);

  await page.goto(`${runtime.url}/connections?env=dev&open=new&type=hook-secret&name=partner`);
  const drawer = page.getByRole('dialog', { name: 'New connection' });
  await drawer.getByRole('button', { name: 'Generate Secret' }).click();
  await page.getByRole('menuitem', { name: /Standard Webhooks/ }).click();
  const once = page.getByRole('dialog', { name: 'Copy the secret now' });
  const secret = await once.getByRole('textbox', { name: 'Secret' }).inputValue();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await once.getByRole('button', { name: 'I have copied it' }).click();
  await expect(drawer.getByText('Generated; sealed when you save')).toBeVisible();
  expect(await page.locator('body').innerHTML()).not.toContain(secret);
  await drawer.getByRole('button', { name: 'Create connection' }).click();
  await expect(page.getByRole('button', { name: 'Replace Secret' })).toBeVisible();
  expect(await page.locator('body').innerHTML()).not.toContain(secret);

  await page.goto(`${runtime.url}/flows/signed?node=hook`);
  const guide = page.getByRole('region', { name: 'Set up the sender' });
  await expect(guide).toContainText('Anyone who knows the address may call it');
  await page.getByRole('combobox', { name: 'Authentication' }).click();
  await page.getByRole('option', { name: 'Standard Webhooks' }).click();
  await expect(guide).toContainText('webhook-signature');
  await expect(guide).toContainText('openssl dgst -sha256');
  await guide.getByText('prod', { exact: true }).click();
  await expect(guide).toContainText(`${runtime.url}/hooks/prod/signed`);
  await page.getByRole('combobox', { name: 'Connection', exact: true }).click();
  await page.getByRole('option', { name: 'partner (Hook secret)' }).click();
  await expect(guide).toContainText('The secret is that of the connection "partner"');
  const stored = async () =>
    (await runtime.json<{ flow: { id: string; nodes: { connection?: string }[] } }>('GET', '/api/v1/flows/signed'))
      .flow;
  await expect.poll(async () => (await stored()).nodes[0]?.connection).toBe('partner');
  await deployFlow(runtime, await stored());

  const body = '{"order":"S-1"}';
  await expect
    .poll(async () => (await postHook(runtime, 'signed', body, signedHeaders(secret, body))).status, {
      timeout: 30_000,
    })
    .toBe(202);
  const refused = await postHook(runtime, 'signed', '{"order":"S-2"}', signedHeaders(secret, body));
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'API_HOOK_REFUSED' });
  expect((await postHook(runtime, 'signed', body)).status).toBe(401);

  await page.goto(`${runtime.url}/executions?flow=signed`);
  await expect(page.getByRole('table', { name: 'Executions' }).getByRole('row')).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test('masked values stay sealed to who may read payloads, and are revealed with a reason that the audit keeps', async ({
  page,
  browser,
}) => {
  const flow = plainFlow('masked', 'masked', {
    webhook: { response: 'accepted' },
    settings: { mask: ['customer.email'], businessKeys: { mail: 'customer.email' } },
  });
  await deployFlow(runtime, flow);
  const body = JSON.stringify({ order: 'M-1', customer: { name: 'Ada', email: MASKED } });
  let executionId = '';
  await expect(async () => {
    const answer = await postHook(runtime, 'masked', body);
    expect(answer.status).toBe(202);
    ({ executionId } = (await answer.json()) as { executionId: string });
  }).toPass();
  const at = `${runtime.url}/executions/${executionId}`;
  const openHook = async (visitor: typeof page) => {
    await visitor.goto(at);
    await visitor.locator('button[title^="map ·"]').click();
  };

  const viewer = await openAs(browser, runtime, 'viewer');
  await openHook(viewer);
  await expect(viewer.getByText('Your role does not allow you to see payloads')).toBeVisible();
  await viewer.context().close();

  const analyst = await openAs(browser, runtime, 'analyst');
  await openHook(analyst);
  const sealed = analyst.getByRole('tree', { name: 'Input as a tree' });
  await expect(sealed).toContainText('Ada');
  await expect(sealed).toContainText('Masked');
  await expect(analyst.getByRole('button', { name: 'Reveal …' })).toHaveCount(0);
  await expect(analyst.locator('body')).not.toContainText(MASKED);
  await analyst.context().close();

  const support = await openAs(browser, runtime, 'support');
  const complaints = collectComplaints(support);
  await openHook(support);
  await expect(support.locator('body')).not.toContainText(MASKED);
  // Of input and output; which comes first is open until both are there.
  await expect(support.getByRole('button', { name: 'Reveal …' })).toHaveCount(2);
  await support.getByRole('button', { name: 'Reveal …' }).first().click();
  const dialog = support.getByRole('dialog', { name: 'Reveal the masked values of this input' });
  await dialog.getByLabel('Reason').fill('too short');
  await expect(dialog.getByRole('button', { name: 'Reveal' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill(REASON);
  await dialog.getByRole('button', { name: 'Reveal' }).click();
  await expect(support.getByRole('tree', { name: 'Input as a tree' })).toContainText(MASKED);
  await support.getByRole('button', { name: 'Hide' }).click();
  await expect(support.locator('body')).not.toContainText(MASKED);

  // Found in any case of letters, and what was typed comes into no address.
  const asked: string[] = [];
  support.on('request', (request) => asked.push(request.url()));
  await support.goto(`${runtime.url}/executions`);
  const rows = support.getByRole('table', { name: 'Executions' }).getByRole('row');
  for (const typed of [` ${MASKED.toUpperCase()} `, 'nobody@lovelace.org', MASKED]) {
    await support.getByRole('searchbox', { name: 'Search' }).fill(typed);
    await expect(rows.filter({ hasText: 'masked' })).toHaveCount(typed.startsWith('nobody') ? 0 : 1);
  }
  await support.reload();
  await expect(support.getByRole('searchbox', { name: 'Search' })).toHaveValue(MASKED);
  await expect(rows).toHaveCount(2);
  expect([...asked, support.url()].filter((url) => decodeURIComponent(url).toLowerCase().includes(MASKED))).toEqual([]);
  expect(complaints).toEqual([]);
  await support.context().close();

  await signIn(page, runtime);
  await page.goto(`${runtime.url}/settings?tab=audit`);
  await page.getByRole('button', { name: 'payload.revealed' }).click();
  const row = page.getByRole('dialog');
  await expect(row).toContainText('support@example.test');
  await expect(row).toContainText(REASON);
  await expect(row).not.toContainText(MASKED);
});
