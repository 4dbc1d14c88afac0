import { expect, test } from '@playwright/test';
import {
  collectComplaints,
  openAs,
  openSignedIn,
  PERSON_PASSWORD as PASSWORD,
  signIn,
  trySignIn,
} from '../fixtures/browser.ts';
import { ADMIN_EMAIL, type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

test.describe.configure({ timeout: 300_000 });
let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());

test('a person is invited, sets a password, looks but does not deploy, and is shut out at once', async ({
  page,
  browser,
}) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/settings?tab=people`);
  await page.getByRole('button', { name: 'Invite person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Vera Viewer');
  await dialog.getByLabel('E-mail').fill('vera@example.test');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const link = await page.getByLabel('One-time link').inputValue();
  expect(link).toContain(`${runtime.url}/password#`);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('row', { name: /Vera Viewer/ })).toContainText('Waits for a password');

  const vera = await (await browser.newContext()).newPage();
  await vera.goto(link);
  await expect(vera.getByText('vera@example.test')).toBeVisible();
  await vera.getByLabel('Password', { exact: true }).fill('short');
  await vera.getByRole('button', { name: 'Set password' }).click();
  await expect(vera.getByText('At least 12 characters.').nth(1)).toBeVisible();
  await vera.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await vera.getByLabel('New password again').fill(PASSWORD);
  await vera.getByRole('button', { name: 'Set password' }).click();
  await expect(vera.getByText('Your password is set')).toBeVisible();
  await vera.goto('about:blank');
  await vera.goto(link);
  await expect(vera.getByText('This link does not work')).toBeVisible();
  const account = { email: 'vera@example.test', password: PASSWORD };
  await signIn(vera, runtime, account);
  await vera.goto(`${runtime.url}/flows/shop-order-to-erp`);
  await expect(vera.getByRole('button', { name: 'Deploy', exact: true })).toBeDisabled();
  const refused = await vera.evaluate(async () => {
    const body = JSON.stringify({ flowId: 'shop-order-to-erp', revision: 1 });
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/v1/environments/dev/deployments', { method: 'POST', headers, body })).status;
  });
  expect(refused).toBe(403);

  await page.getByRole('button', { name: 'Actions for Vera Viewer' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('row', { name: /Vera Viewer/ })).toContainText('Disabled');
  await vera.goto(`${runtime.url}/executions`);
  await expect(vera.getByRole('heading', { name: 'Sign in to Crossdock' })).toBeVisible();
  await trySignIn(vera, runtime, account);
  await expect(vera.getByText('this account is disabled')).toBeVisible();

  await page.getByRole('tab', { name: 'Audit' }).click();
  const changes = page.getByRole('table', { name: 'Changes' });
  await expect(changes.getByRole('row', { name: /person\.disabled/ })).toContainText(ADMIN_EMAIL);
  await page.getByRole('button', { name: 'person.disabled' }).click();
  const row = page.getByRole('dialog').getByRole('row', { name: /status/ });
  await expect(row).toContainText('active');
  await expect(row).toContainText('disabled');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Action' }).fill('person.invited');
  await page.getByRole('option', { name: 'person.invited' }).click();
  await expect(changes.getByRole('button')).toHaveText(['person.invited']);
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  expect((await download).suggestedFilename()).toBe('crossdock-audit.csv');
  expect(complaints).toEqual([]);
});

test('the own account: name, password, and where one is signed in', async ({ page, browser }) => {
  const olga = { email: 'olga@example.test', password: PASSWORD };
  await runtime.json('POST', '/api/v1/users', { ...olga, name: 'Olga', role: 'analyst' });
  const elsewhere = await openSignedIn(browser, runtime, olga);
  await signIn(page, runtime, olga);
  await page.getByRole('button', { name: 'Account of Olga' }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await page.getByLabel('Name').fill('Olga Own');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('button', { name: 'Account of Olga Own' })).toBeVisible();
  const sessions = page.getByRole('table', { name: 'Sessions' });
  await expect(sessions.getByRole('row')).toHaveCount(3);
  await expect(sessions.getByRole('row', { name: /this one/ })).toContainText('127.0.0.1');
  await sessions.getByRole('button', { name: /Sign out of/ }).click();
  await expect(sessions.getByRole('row')).toHaveCount(2);
  await elsewhere.goto(`${runtime.url}/executions`);
  await expect(elsewhere.getByRole('heading', { name: 'Sign in to Crossdock' })).toBeVisible();

  const change = async (current: string) => {
    await page.getByLabel('Current password').fill(current);
    await page.getByLabel('New password', { exact: true }).fill('the next password');
    await page.getByLabel('New password again').fill('the next password');
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await change('not the right one');
  await expect(page.getByText('the current password is wrong')).toBeVisible();
  await change(PASSWORD);
  await expect(page.getByText('Your password is changed.')).toBeVisible();
});

test('an API key is made, shown once, lets a program in, and does no more once it is revoked', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/settings?tab=keys`);
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create an API key' });
  await dialog.getByLabel('Name').fill('Order import');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const once = page.getByRole('dialog', { name: 'Copy the key now' });
  const key = await once.getByRole('textbox', { name: 'API key' }).inputValue();
  await once.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('table', { name: 'API keys' }).getByRole('row', { name: /Order import/ });
  await expect(row).toContainText('Viewer');
  expect(await page.locator('body').innerHTML()).not.toContain(key);
  const ask = async () =>
    (await fetch(`${runtime.url}/api/v1/flows`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await ask()).toBe(200);
  await row.getByRole('button', { name: 'Revoke Order import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('“Order import” is revoked.')).toBeVisible();
  await expect.poll(ask).toBe(401);
  expect(complaints).toEqual([]);
});

test('what a role may not do is not offered', async ({ browser }) => {
  const roles = {
    viewer: { draws: false, deploysTo: [] },
    support: { draws: false, deploysTo: [] },
    analyst: { draws: true, deploysTo: ['dev'] },
    operator: { draws: true, deploysTo: ['dev', 'test', 'prod'] },
  };
  for (const [role, { draws, deploysTo }] of Object.entries(roles)) {
    const page = await openAs(browser, runtime, role);
    await expect(page.getByRole('row', { name: /Shop order to ERP/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'New flow' })).toHaveCount(draws ? 1 : 0);
    await page.goto(`${runtime.url}/flows/shop-order-to-erp`);
    const deploy = page.getByRole('button', { name: 'Deploy', exact: true });
    await expect(deploy).toBeEnabled({ enabled: deploysTo.length > 0 });
    await expect(page.getByRole('button', { name: 'Publish' })).toBeEnabled({ enabled: draws });
    if (deploysTo.length > 0) {
      await deploy.click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Environment' }).click();
      // The palette beside it lists options, too.
      const offered = page.getByRole('option', { name: /^(Development|Test|Production)$/ });
      await expect(offered).toHaveCount(deploysTo.length);
    }
    await page.goto(`${runtime.url}/settings?tab=audit`);
    await expect(page.getByText('Only an admin sees this')).toBeVisible();
    await page.context().close();
  }
});

test('language, theme and the tour are a person’s own: another browser shows them as they were chosen', async ({
  browser,
}) => {
  const account = { email: 'pat@example.test', password: PASSWORD };
  await runtime.json('POST', '/api/v1/users', { ...account, name: 'Pat', role: 'viewer' });
  const openBrowser = async () => (await browser.newContext({ locale: 'en-GB', colorScheme: 'light' })).newPage();

  const first = await openBrowser();
  await trySignIn(first, runtime, account);
  const welcome = first.getByRole('dialog', { name: 'Welcome to Crossdock' });
  await welcome.getByRole('button', { name: 'Not now' }).click();
  await expect(welcome).toBeHidden();
  await first.getByRole('button', { name: 'Account of Pat' }).click();
  await first.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(first.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await first.goto(`${runtime.url}/account`);
  await first.getByRole('combobox', { name: 'Language' }).click();
  await first.getByRole('option', { name: 'Deutsch' }).click();
  await expect(first.getByRole('heading', { name: 'Profil' })).toBeVisible();

  const second = await openBrowser();
  await trySignIn(second, runtime, account);
  await expect(second.getByRole('link', { name: 'Aufträge' })).toBeVisible();
  await expect(second.locator('html')).toHaveAttribute('lang', 'de');
  await expect(second.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(second.getByRole('heading', { name: 'Flows' })).toBeVisible();
  await expect(second.getByRole('dialog')).toBeHidden();

  await second.goto(`${runtime.url}/account`);
  await second.getByRole('combobox', { name: 'Sprache' }).click();
  await second.getByRole('option', { name: 'English' }).click();
  await expect(second.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await first.reload();
  await expect(first.getByRole('heading', { name: 'Profile' })).toBeVisible();
});
