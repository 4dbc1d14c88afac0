import { expect, type Page, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

let runtime: RunningRuntime;
const layout = { nodes: { hook: { x: 0, y: 0 }, map: { x: 280, y: 96 }, answer: { x: 4_000, y: 1_600 } } };
test.beforeAll(async () => {
  runtime = await startRuntime();
  for (const [id, name] of [
    ['invoice-mail', 'Invoices by mail'],
    ['returns', 'Returns of the shop'],
  ] as const)
    await runtime.json('POST', '/api/v1/flows', { ...plainFlow(id, id), name, layout });
  const { nodes, ...rest } = plainFlow('stock', 'stock');
  const renamed = nodes.map((node) =>
    node.id === 'map' ? { ...node, name: 'Count', config: { mapping: '{ "left": shelf.quantity }' } } : node,
  );
  await runtime.json('POST', '/api/v1/flows', { ...rest, name: 'Stock', nodes: renamed, layout });
});
test.afterAll(() => runtime.stop());

const field = (page: Page) => page.getByRole('combobox', { name: /Find a flow/ });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

async function find(page: Page, words: string): Promise<void> {
  // The page listens once it is there.
  await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  // Without waiting: what is typed before the field is there is not lost.
  await page.keyboard.type(words);
  await expect(field(page)).toHaveValue(words);
  await expect(field(page)).toBeFocused();
}

test('the palette leads to pages and flows, and shows first what was chosen last', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await find(page, 'depl vari');
  await expect(option(page, 'Deployments: Variables')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/deployments\?.*tab=variables/);

  // Letters that are left out do not matter; Escape gives the focus back and opens nothing.
  await find(page, 'invoi mail');
  await expect(option(page, 'Invoices by mail, invoice-mail')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/deployments/);
  await find(page, 'invoi mail');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('node-map')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  const recent = page.getByRole('group', { name: 'Recent' }).getByRole('option');
  await expect(recent).toHaveText([/Invoices by mail/, /Deployments: Variables/]);
  await page.keyboard.press('ArrowDown');
  await expect(recent.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field(page)).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('the palette does what the open flow can do', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/returns`);
  await page.getByTestId('node-map').click();
  await find(page, 'add validate');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('node-validate')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByTestId('node-validate')).toHaveCount(0);

  await find(page, 'tidy');
  await page.keyboard.press('Enter');
  const answerX = async () =>
    (await runtime.json<{ flow: { layout: typeof layout } }>('GET', '/api/v1/flows/returns')).flow.layout.nodes.answer
      .x;
  await expect.poll(answerX).toBeLessThan(4_000);

  await find(page, 'publish');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Publish a revision' })).toBeVisible();
  await page.keyboard.press('Escape');

  // Its commands go with the page.
  await page.goto(`${runtime.url}/executions`);
  await find(page, 'tidy up');
  await expect(option(page, /Find executions with/)).toBeVisible();
  await expect(option(page, /^Tidy up/)).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a text is found in the open flow, and each place is brought into the middle', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/stock`);
  await page.getByTestId('node-map').click();
  await page.keyboard.press('ControlOrMeta+f');
  const search = page.getByRole('search', { name: 'Search in this flow' });
  await expect(search.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('quantity');
  await expect(search.getByRole('status')).toHaveText('1 of 1');
  await expect(search.getByText('{ "left": shelf.quantity }')).toBeVisible();

  await search.getByRole('textbox').fill('s');
  await page.keyboard.press('Shift+Enter');
  const canvas = await page.locator('.cd-canvas').boundingBox();
  const middleOf = async () => {
    const box = await page.getByTestId('node-answer').boundingBox();
    return {
      x: Math.round((box?.x ?? 0) + (box?.width ?? 0) / 2),
      y: Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2),
    };
  };
  await expect(page.locator('.react-flow__node[data-id="answer"]')).toHaveClass(/selected/);
  await expect
    .poll(async () => Math.abs((await middleOf()).x - ((canvas?.x ?? 0) + (canvas?.width ?? 0) / 2)))
    .toBeLessThan(4);

  await search.getByRole('textbox').fill('shelf');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('tab', { name: 'Mapping' })).toHaveAttribute('aria-selected', 'true');
  await search.getByRole('textbox').fill('nowhere to be found');
  await expect(search.getByRole('status')).toHaveText('Nothing');
  await search.getByRole('textbox').press('Escape');
  await expect(search).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a text is found in all flows, and opened at its field', async ({ page }) => {
  const complaints = collectComplaints(page);
  await signIn(page, runtime);
  await find(page, 'shelf.quant');
  const place = option(page, 'Stock › Count, config.mapping: { "left": shelf.quantity }');
  await expect(place).toBeVisible();
  await place.click();
  await expect(page).toHaveURL(/\/flows\/stock\?.*node=map/);
  await expect(page.getByRole('tab', { name: 'Mapping' })).toHaveAttribute('aria-selected', 'true');
  await expect(page).not.toHaveURL(/at=/);

  // In the open flow it is what stands on the screen that is searched.
  await find(page, 'shelf.quant');
  await expect(page.getByRole('group', { name: 'In this flow' }).getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('group', { name: 'In flows' })).toHaveCount(0);
  expect(complaints).toEqual([]);
});
