import { expect, type Page, test } from '@playwright/test';
import { collectComplaints, signIn } from '../fixtures/browser.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

let runtime: RunningRuntime;
const layout = { nodes: { hook: { x: 0, y: 0 }, map: { x: 280, y: 96 }, answer: { x: 560, y: 0 } } };
test.beforeAll(async () => {
  runtime = await startRuntime();
  for (const id of ['several', 'from', 'into', 'arranged', 'next', 'told', 'large'])
    await runtime.json('POST', '/api/v1/flows', { ...plainFlow(id, id), layout });
});
test.afterAll(() => runtime.stop());

type Places = Record<string, { x: number; y: number }>;
interface Group {
  title: string;
  color: string;
  nodes: string[];
}
interface Drawn {
  nodes: { id: string; type: string; config: Record<string, unknown> }[];
  edges: { source: string; sourceHandle: string; target: string }[];
  layout: {
    nodes: Places;
    groups?: Group[];
    notes?: { text: string; x: number; y: number; height: number; color: string }[];
  };
}

async function open(page: Page, id: string): Promise<void> {
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/${id}`);
  await expect(page.getByTestId('node-map')).toBeVisible();
}

/** Waits for what is saved a moment after each edit. */
const saved = <Value>(read: () => Promise<Value>) => expect.poll(read, { intervals: [200] });

/** The draft as it is saved. */
const draft = async (id: string) => (await runtime.json<{ flow: Drawn }>('GET', `/api/v1/flows/${id}`)).flow;
const places = async (id: string) => (await draft(id)).layout.nodes;
const readClipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');
const writeClipboard = (page: Page, text: string) =>
  page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
const selected = (page: Page) => page.locator('.react-flow__node.selected');
const nodes = (page: Page) => page.locator('.react-flow__node');

/** Drags what is at the middle of a node by so many px of the window; `before` looks while the button is down. */
async function drag(page: Page, id: string, by: { x: number; y: number }, before?: () => Promise<void>): Promise<void> {
  const box = await page.getByTestId(`node-${id}`).boundingBox();
  if (!box) throw new Error(`no node ${id}`);
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // What the first move is long is lost to the drag.
  await page.mouse.move(from.x + 2, from.y);
  await page.mouse.move(from.x + by.x + 2, from.y + by.y, { steps: 10 });
  await before?.();
  await page.mouse.up();
}

test('several nodes are selected by click, box and key, and moved and deleted as one step', async ({ page }) => {
  const complaints = collectComplaints(page);
  await open(page, 'several');
  await page.getByTestId('node-hook').click();
  await page.getByTestId('node-answer').click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveCount(2);

  await drag(page, 'hook', { x: 0, y: 160 });
  await saved(async () => (await places('several')).hook?.y).toBeGreaterThan(100);
  const moved = await places('several');
  expect(moved.hook?.y).toBe(moved.answer?.y);
  expect(moved.map).toEqual(layout.nodes.map);
  await page.keyboard.press('ControlOrMeta+z');
  await saved(() => places('several')).toEqual(layout.nodes);

  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!pane) throw new Error('no pane');
  await page.keyboard.down('Shift');
  await page.mouse.move(pane.x + 8, pane.y + 8);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width - 24, pane.y + pane.height - 200, { steps: 10 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(selected(page)).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveCount(0);

  await page.keyboard.press('ControlOrMeta+a');
  await expect(selected(page)).toHaveCount(3);
  await page.keyboard.press('Delete');
  await expect(nodes(page)).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(nodes(page)).toHaveCount(3);
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('nodes are copied into another flow through text, and other text is refused with what to do', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'from');
  await page.getByTestId('node-map').click();
  await page.getByTestId('node-answer').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('ControlOrMeta+c');
  const text = await readClipboard(page);
  expect(JSON.parse(text)).toMatchObject({
    id: 'from',
    nodes: [{ id: 'map' }, { id: 'answer' }],
    edges: [{ id: 'e2' }],
  });

  await page.goto(`${runtime.url}/flows/into`);
  await expect(page.getByTestId('node-map')).toBeVisible();
  await writeClipboard(page, `Hello,\n${text.replace(/^/gm, '> ')}\nBye`);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(selected(page)).toHaveCount(2);
  await expect(page.getByTestId('node-answer2')).toBeInViewport();
  await saved(async () => (await draft('into')).edges.at(-1)).toMatchObject({ source: 'map2', target: 'answer2' });

  await page.keyboard.press('ControlOrMeta+x');
  await expect(nodes(page)).toHaveCount(3);
  await page.keyboard.press('ControlOrMeta+v');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(nodes(page)).toHaveCount(7);
  for (let steps = 0; steps < 4; steps++) await page.keyboard.press('ControlOrMeta+z');
  await expect(nodes(page)).toHaveCount(3);

  await writeClipboard(page, 'Please call me back');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText('The clipboard holds no nodes. Copy some on a canvas')).toBeVisible();
  await writeClipboard(page, text.slice(0, -20));
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText('The clipboard holds no nodes that can be read')).toBeVisible();
  await expect(nodes(page)).toHaveCount(3);
});

test('nodes are aligned, spread and tidied up, and a drag shows what it is in line with', async ({ page }) => {
  await open(page, 'arranged');
  await page.getByTestId('node-hook').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('button', { name: 'Align top edges' }).click();
  const ys = async () => new Set(Object.values(await places('arranged')).map(({ y }) => y)).size;
  await saved(ys).toBe(1);
  await page.locator('.react-flow__node[data-id="map"]').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await saved(() => places('arranged')).toEqual(layout.nodes);
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await saved(async () => Object.values(await places('arranged')).map(({ x }) => x)).toEqual([0, 0, 0]);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('Alt+Shift+KeyM');
  await saved(ys).toBe(1);
  await page.keyboard.press('ControlOrMeta+z');
  await saved(() => places('arranged')).toEqual(layout.nodes);

  await page.keyboard.press('Escape');
  const zoom = ((await page.getByTestId('node-map').boundingBox())?.width ?? 0) / 200;
  await drag(page, 'map', { x: 0, y: -96 * zoom }, async () => {
    await expect(page.locator('.cd-guide').first()).toBeVisible();
  });
  await expect(page.locator('.cd-guide')).toHaveCount(0);
  await saved(ys).toBe(1);

  await page.getByRole('button', { name: 'Tidy up' }).click();
  await saved(async () => (await places('arranged')).hook?.x).not.toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await saved(async () => (await places('arranged')).hook?.x).toBe(0);
});

test('what comes next is chosen at an output, by mouse and by keyboard, and a node becomes another', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await open(page, 'next');
  const map = page.getByTestId('node-map');
  await map.locator('.react-flow__handle.source').first().click();
  const picker = page.getByRole('dialog', { name: 'What comes next?' });
  await expect(picker.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('validate');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('node-validate')).toBeVisible();
  await saved(async () => (await draft('next')).edges.at(-1)).toMatchObject({ source: 'map', target: 'validate' });

  // From the new node, by key, to a node that is there.
  await page.getByTestId('node-validate').click();
  await page.keyboard.press('n');
  await page.keyboard.type('answer');
  await page.keyboard.press('ArrowUp');
  await expect(picker.getByRole('option', { name: 'Respond answer' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await saved(async () => (await draft('next')).edges.at(-1)).toMatchObject({ source: 'validate', target: 'answer' });

  // An edge that is drawn into the empty asks there.
  const output = await map.locator('.react-flow__handle.source').first().boundingBox();
  await page.mouse.move((output?.x ?? 0) + 3, (output?.y ?? 0) + 3);
  await page.mouse.down();
  await page.mouse.move((output?.x ?? 0) + 60, (output?.y ?? 0) + 200, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.type('http request');
  await page.keyboard.press('Enter');
  await saved(async () => (await draft('next')).nodes.at(-1)?.type).toBe('http.request');

  await map.click();
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: 'Replace by' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('switch');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Settings that do not fit were dropped: mapping.')).toBeVisible();
  const replaced = async () => (await draft('next')).nodes.find(({ id }) => id === 'map')?.type;
  await saved(replaced).toBe('switch');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await saved(replaced).toBe('transform');

  expect(complaints).toEqual([]);
});

test('nodes are grouped and notes written, without a change of what the flow does', async ({ page }) => {
  const complaints = collectComplaints(page);
  const { revision } = await runtime.json<{ revision: number }>('POST', '/api/v1/flows/told/revisions', {
    message: '',
  });
  await open(page, 'told');
  await page.getByTestId('node-map').click();
  await page.getByTestId('node-answer').click({ modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+g');
  await page.getByLabel('Title of the group').fill('Answer the shop');
  await page.getByRole('radio', { name: 'Green' }).check();
  await saved(async () => (await draft('told')).layout.groups).toEqual([
    { id: 'g1', title: 'Answer the shop', color: 'green', nodes: ['map', 'answer'] },
  ]);
  await page.getByTestId('node-hook').click();
  await page.getByRole('button', { name: 'Answer the shop' }).click();
  await expect(selected(page)).toHaveCount(2);

  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
  await page.keyboard.press('Alt+Shift+KeyN');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.type('Ask Ada before changing this');
  const notes = async () => (await draft('told')).layout.notes ?? [];
  await saved(async () => (await notes())[0]?.text).toBe('Ask Ada before changing this');
  const [before] = await notes();
  await page.getByRole('button', { name: /Move the note/ }).focus();
  await page.keyboard.press('ArrowRight');
  await saved(async () => (await notes())[0]?.x).toBe((before?.x ?? 0) + 8);
  await page.keyboard.press('Shift+ArrowDown');
  await saved(async () => (await notes())[0]?.height).toBe((before?.height ?? 0) + 8);
  await page.getByTestId('note-t1').getByRole('radio', { name: 'Blue' }).check();
  await saved(async () => (await notes())[0]?.color).toBe('blue');

  // Nothing of this is another revision.
  const again = await runtime.json<{ revision: number }>('POST', '/api/v1/flows/told/revisions', { message: '' });
  expect(again.revision).toBe(revision);

  await page.getByTestId('note-t1').hover();
  await page.getByRole('button', { name: 'Delete the note' }).click();
  await page.getByRole('button', { name: 'Answer the shop' }).click();
  await page.keyboard.press('ControlOrMeta+Shift+g');
  await saved(async () => (await draft('told')).layout).toEqual(layout);
  for (let steps = 0; steps < 2; steps++) await page.keyboard.press('ControlOrMeta+z');
  await saved(async () => (await draft('told')).layout).toMatchObject({
    groups: [{ id: 'g1' }],
    notes: [{ id: 't1' }],
  });
  expect(complaints).toEqual([]);
});

test('a selection becomes a flow of its own, called in its place; what would not do the same is refused', async ({
  page,
}) => {
  const complaints = collectComplaints(page);
  await open(page, 'large');
  await page.getByTestId('node-hook').click();
  await page.keyboard.press('Alt+Shift+KeyF');
  await expect(page.getByText('A trigger stays with its flow: leave “Webhook” out of the selection.')).toBeVisible();

  await page.getByTestId('node-map').click();
  await page.keyboard.press('Alt+Shift+KeyF');
  const dialog = page.getByRole('dialog', { name: 'Make a flow of 1 node' });
  await dialog.getByLabel('Name').fill('Prices of the shop');
  await dialog.getByRole('button', { name: 'Make the flow' }).click();
  await expect(page.getByTestId('node-flowCall')).toContainText('Prices of the shop');
  await expect(page.getByTestId('node-map')).toHaveCount(0);
  const links = async (id: string) => (await draft(id)).edges.map(({ source, target }) => `${source} → ${target}`);
  await saved(() => links('large')).toEqual(['hook → flowCall', 'flowCall → answer']);
  expect((await draft('large')).nodes.find(({ id }) => id === 'flowCall')?.config).toMatchObject({
    flowId: 'prices-of-the-shop',
    wait: true,
  });
  expect(await links('prices-of-the-shop')).toEqual(['called → map']);

  await page.locator('.react-flow__node[data-id="flowCall"]').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await saved(() => links('large')).toEqual(['hook → map', 'map → answer']);
  expect(complaints).toEqual([]);
});

test('a card without edges is dragged onto an edge and stands in it, as one step of undo', async ({ page }) => {
  const loose = { id: 'loose', type: 'transform', config: { mapping: '$' } };
  const flow = plainFlow('between', 'between');
  await runtime.json('POST', '/api/v1/flows', {
    ...flow,
    nodes: [...flow.nodes, loose],
    layout: {
      nodes: { hook: { x: 0, y: 0 }, map: { x: 560, y: 0 }, answer: { x: 840, y: 0 }, loose: { x: 280, y: 240 } },
    },
  });
  await open(page, 'between');
  const zoom = ((await page.getByTestId('node-map').boundingBox())?.width ?? 0) / 200;
  await drag(page, 'loose', { x: 0, y: -240 * zoom }, async () => {
    await expect(page.locator('.cd-line-drop')).toHaveCount(1);
  });
  const links = async () => (await draft('between')).edges.map(({ source, target }) => `${source} → ${target}`);
  await saved(links).toEqual(['map → answer', 'hook → loose', 'loose → map']);
  await page.keyboard.press('ControlOrMeta+z');
  await saved(links).toEqual(['hook → map', 'map → answer']);
  expect((await places('between')).loose).toEqual({ x: 280, y: 240 });

  // The same by keyboard.
  await page.locator('.react-flow__node[data-id="loose"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__edge[data-id="e1"]').focus();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('heading', { name: '1 node and 1 edge' })).toBeVisible();
  await page.keyboard.press('Alt+Shift+KeyE');
  await saved(links).toEqual(['map → answer', 'hook → loose', 'loose → map']);
});
