import { expect, type Locator, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
  await publish('{ "hello": name }', 'First');
});
test.afterAll(() => runtime.stop());
test.beforeEach(({ page }) => signIn(page, runtime));

/** Makes the next revision of the flow, with this mapping. */
async function publish(mapping: string, message: string): Promise<void> {
  const flow = { ...plainFlow('greeting', 'greeting', { mapping }), name: 'Greeting' };
  const known = await runtime.api('GET', '/api/v1/flows/greeting');
  if (known.ok) await runtime.json('PUT', '/api/v1/flows/greeting', flow, { 'if-match': '*' });
  else await runtime.json('POST', '/api/v1/flows', flow);
  await runtime.json('POST', '/api/v1/flows/greeting/revisions', { message });
}

/** The row with this link: one opens it by a click anywhere in it. */
const rowOf = (table: Locator, name: string) =>
  table.getByRole('row').filter({ has: table.page().getByRole('link', { name }) });

const answerOf = async (env: string) => {
  const answer = await fetch(`${runtime.url}/hooks/${env}/greeting`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name": "Ada"}',
  });
  return answer.ok ? await answer.json() : answer.status;
};

test('deploy, promote and roll back, with what is missing named before and what changed kept', async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto(`${runtime.url}/deployments`);
  const matrix = page.getByRole('table', { name: 'Which revision of each flow runs where' });
  const row = matrix.getByRole('row', { name: /Greeting/ });
  const dialog = page.getByRole('dialog');
  const act = async (env: string, item: string | RegExp) => {
    await page.getByRole('button', { name: `Greeting in ${env}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await test.step('deploy the first revision to dev, and promote it to test', async () => {
    await row.getByRole('button', { name: 'Deploy Greeting to dev' }).click();
    await expect(dialog.getByTestId('deployment-preview')).toContainText('Nothing ran here before.');
    await dialog.getByRole('button', { name: 'Deploy r1' }).click();
    await expect(dialog).toBeHidden();
    await act('dev', 'Promote r1 to test');
    await expect(dialog).toContainText('takes unsigned requests');
    await dialog.getByRole('button', { name: 'Promote r1' }).click();
    await expect(dialog).toBeHidden();
    await expect(row.getByText('r1', { exact: true })).toHaveCount(2);
    await expect.poll(() => answerOf('test')).toEqual({ hello: 'Ada' });
  });

  await test.step('a revision that needs a variable is held back, by its name', async () => {
    await publish('{ "hello": $vars.salutation & name }', 'With a salutation');
    await act('dev', 'Deploy another revision');
    const preview = dialog.getByTestId('deployment-preview');
    await expect(preview).toContainText('Variable "salutation" is not set in dev');
    await expect(preview).toContainText('config.mapping');
    await expect(preview.locator('ins')).toContainText('$vars.salutation');
    await expect(dialog.getByRole('button', { name: 'Deploy r2' })).toBeDisabled();
    const variables = await runtime.json<object>('GET', '/api/v1/environments/dev/variables');
    await runtime.json('PUT', '/api/v1/environments/dev/variables', { ...variables, salutation: 'Dear ' });
    await page.keyboard.press('Escape');
    await act('dev', 'Deploy another revision');
    await dialog.getByRole('button', { name: 'Deploy r2' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => answerOf('dev')).toEqual({ hello: 'Dear Ada' });
  });

  await test.step('one click goes back', async () => {
    await act('dev', 'Roll back to r1');
    await expect(dialog).toContainText('goes back from revision 2 to revision 1');
    await dialog.getByRole('button', { name: 'Roll back to r1' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => answerOf('dev')).toEqual({ hello: 'Ada' });
  });

  await test.step('the history says who, when and what changed, at an address of its own', async () => {
    await act('dev', 'History');
    const history = page.getByRole('table', { name: 'What ran in dev' });
    await expect(history.getByRole('link', { name: /of Greeting/ })).toHaveCount(3);
    await expect(history.getByRole('row', { name: /Rolled back/ })).toContainText('runs now');
    await rowOf(history, 'r2 of Greeting').click();
    await expect(page).toHaveURL(/entry=/);
    await page.reload();
    const entry = page.getByRole('complementary', { name: 'r2 of Greeting' });
    await expect(entry).toContainText('Deployed by');
    await expect(entry.locator('del')).toHaveText('{ "hello": name }');
    await expect(entry.locator('ins')).toHaveText('{ "hello": $vars.salutation & name }');
    await page.getByText('test', { exact: true }).last().click();
    await expect(page.getByRole('table', { name: 'What ran in test' })).toContainText('Promoted from dev');
  });

  await test.step('what is undeployed has a line there too', async () => {
    await page.goto(`${runtime.url}/deployments`);
    await act('test', 'Undeploy');
    await dialog.getByRole('button', { name: 'Undeploy' }).click();
    await expect(dialog).toBeHidden();
    await act('test', 'History');
    const history = page.getByRole('table', { name: 'What ran in test' });
    await rowOf(history, 'r1 of Greeting').first().click();
    await expect(page.getByRole('complementary', { name: 'r1 of Greeting' })).toContainText(/Undeployed by .*, at /);
  });
  expect(complaints).toEqual([]);
});

test('environments are added, renamed, moved, and deleted while nothing runs there', async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto(`${runtime.url}/deployments?tab=environments`);
  const table = page.getByRole('table', { name: /Environments/ });
  const dialog = page.getByRole('dialog');
  const names = () => table.getByRole('row').locator('td:first-child').allTextContents();
  await page.getByRole('button', { name: 'Add environment' }).click();
  await dialog.getByLabel('Name').fill('qa');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect.poll(names).toEqual(['dev', 'test', 'prod', 'qa']);
  await page.getByRole('button', { name: 'Move qa up' }).click();
  await expect.poll(names).toEqual(['dev', 'test', 'qa', 'prod']);
  await page.getByRole('button', { name: 'Change qa' }).click();
  await dialog.getByLabel('Title').fill('Quality');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(table).toContainText('Quality');
  await page.reload();
  await expect.poll(names).toEqual(['dev', 'test', 'qa', 'prod']);
  await page.getByRole('button', { name: 'Delete qa' }).click();
  await dialog.getByRole('textbox').fill('qa');
  await dialog.getByRole('button', { name: 'Delete the environment' }).click();
  await expect.poll(names).toEqual(['dev', 'test', 'prod']);
  await expect(page.getByRole('button', { name: 'Delete dev' })).toHaveAttribute('aria-disabled', 'true');
  expect(complaints).toEqual([]);
});

test('variables that are not saved are left with a question only', async ({ page }) => {
  const complaints = collectComplaints(page);
  await page.goto(`${runtime.url}/deployments?tab=variables&env=dev`);
  const form = page.getByRole('form', { name: 'Variables of dev' });
  const question = page.getByRole('dialog', { name: 'Discard changes?' });
  await form.getByRole('button', { name: 'Add variable' }).click();
  await form.getByRole('textbox', { name: 'Name: variable' }).last().fill('two words');
  await expect(form.getByText(/Flows read it as \$vars\.name/)).toBeVisible();
  for (const leave of [
    () => page.getByRole('tab', { name: 'History' }).click(),
    () => page.getByRole('link', { name: 'Connections' }).click(),
    () =>
      page
        .getByRole('button', { name: /^Environment: dev/ })
        .click()
        .then(() => page.getByRole('menuitem', { name: /prod/ }).click()),
  ]) {
    await leave();
    await expect(question).toContainText('the variables of dev');
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await expect(question).toBeHidden();
    await expect(form.getByRole('textbox', { name: 'Name: two words' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Connections' }).click();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page).toHaveURL(/connections/);
  await page.goto(`${runtime.url}/deployments?tab=variables&env=dev`);
  await expect(form).toBeVisible();
  await form.getByRole('button', { name: 'Copy missing to…' }).click();
  await page.getByRole('menuitem', { name: 'prod' }).click();
  const copy = page.getByRole('dialog', { name: 'Copy variables of dev to prod' });
  await expect(copy).toContainText('erpCompany');
  await copy.getByRole('button', { name: /^Copy \d variables$/ }).click();
  await expect(copy).toBeHidden();
  const variables = (env: string) => runtime.json<object>('GET', `/api/v1/environments/${env}/variables`);
  expect(await variables('prod')).toEqual(await variables('dev'));
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'What ran in dev' })).toBeVisible();
  expect(complaints).toEqual([]);
});
