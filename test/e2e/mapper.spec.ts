import { expect, type Page, test } from '@playwright/test';
import { collectComplaints, signIn, typeMapping } from '../fixtures/browser.ts';
import { plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';
import { postHook, shopOrder } from '../fixtures/shop.ts';

let runtime: RunningRuntime;
test.beforeAll(async () => {
  runtime = await startRuntime();
});
test.afterAll(() => runtime.stop());
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const EXAMPLE = {
  orderNo: '#1',
  currency: 'EUR',
  lines: [{ sku: 'A', quantity: 1, price: '1.00' }],
};
const SAMPLES = [
  { name: 'paid', payload: shopOrder(1) },
  { name: 'no currency', payload: { ...shopOrder(2), currency: '' } },
];

/** A flow whose mapping is open in the wide mapper. */
async function openMapper(page: Page, id: string, mapping: string): Promise<void> {
  const plain = plainFlow(id, id);
  const nodes = plain.nodes.map((node) => (node.id === 'map' ? { ...node, config: mapping ? { mapping } : {} } : node));
  await runtime.json('POST', '/api/v1/flows', { ...plain, nodes, samples: SAMPLES });
  await signIn(page, runtime);
  await page.goto(`${runtime.url}/flows/${id}?node=map&tab=mapping`);
  await page.getByRole('button', { name: 'Map by lines' }).click();
  await expect(source(page, 'currency')).toBeVisible();
}

const row = (page: Page, tree: string, name: string) =>
  page.getByRole('tree', { name: tree }).getByRole('treeitem', { name: new RegExp(`^${name}, `) });
const source = (page: Page, name: string) => row(page, 'Source', name);
const target = (page: Page, name: string) => row(page, 'Target', name);

/** The mapping as it is saved a moment after each edit. */
const mapping = (id: string) =>
  expect.poll(
    async () => {
      const { flow } = await runtime.json<{ flow: ReturnType<typeof plainFlow> }>('GET', `/api/v1/flows/${id}`);
      const node = flow.nodes.find(({ id: nodeId }) => nodeId === 'map');
      return (node?.config as { mapping?: string } | undefined)?.mapping ?? '';
    },
    { intervals: [200] },
  );

async function describeTarget(page: Page, example: unknown): Promise<void> {
  await page.getByRole('button', { name: 'Describe the target' }).click();
  await page.getByTestId('target-editor').locator('.monaco-editor').first().click();
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(JSON.stringify(example))})`);
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('button', { name: 'Use it' }).click();
}

test('lines are drawn by the mouse, and the text follows; each is one step of undo', async ({ page }) => {
  const complaints = collectComplaints(page);
  await openMapper(page, 'drawn', '');

  await test.step('fields of an example wait to be mapped', async () => {
    await describeTarget(page, EXAMPLE);
    await expect(target(page, 'orderNo')).toHaveAccessibleName(/not mapped/);
  });

  await test.step('a field is dragged onto one, a list onto a list', async () => {
    await source(page, 'name').first().dragTo(target(page, 'orderNo'));
    await mapping('drawn').toBe('{\n  "orderNo": name\n}');
    await expect(target(page, 'orderNo')).toContainText('"#10001"');
    await target(page, 'currency').hover();
    await target(page, 'orderNo').hover();
    await expect(page.locator('.cd-lit')).toHaveText('name');
    await expect(source(page, 'name').first()).toHaveAttribute('data-marked');
    await source(page, 'line_items').dragTo(target(page, 'lines'));
    await mapping('drawn').toBe('{\n  "orderNo": name,\n  "lines": [line_items.{}]\n}');
  });

  await test.step('what has the same name is mapped at once, in the loop too', async () => {
    await page.getByRole('button', { name: 'Map 4 by name' }).click();
    await mapping('drawn').toBe(
      [
        '{\n  "orderNo": name,\n  "lines": [line_items.{',
        '    "sku": sku,\n    "quantity": quantity,\n    "price": price\n  }],',
        '  "currency": currency\n}',
      ].join('\n'),
    );
    await expect(target(page, 'lines')).toContainText('1 item');
    await expect(target(page, 'currency')).toHaveAccessibleName('currency, "USD", string, copied, empty in 1 sample');
  });

  await test.step('undo takes back one after the other', async () => {
    await target(page, 'Result').click();
    await page.getByRole('tree', { name: 'Target' }).press('ControlOrMeta+z');
    await mapping('drawn').toBe('{\n  "orderNo": name,\n  "lines": [line_items.{}]\n}');
    await page.getByRole('tree', { name: 'Target' }).press('ControlOrMeta+z');
    await mapping('drawn').toBe('{\n  "orderNo": name\n}');
  });

  expect(complaints).toEqual([]);
});

test('lines are drawn, renamed and removed by the keyboard alone', async ({ page }) => {
  await openMapper(page, 'keyed', '{ "orderNo": name /* the shop’s */, "paid": financial_status = "paid" }');

  await test.step('a source is picked, then what it becomes', async () => {
    await page.getByRole('tree', { name: 'Source' }).focus();
    for (let down = 0; down < 5; down++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Choose what currency becomes.')).toBeVisible();
    await expect(page.getByRole('tree', { name: 'Target' })).toBeFocused();
    await page.keyboard.press('Enter');
    await mapping('keyed').toBe(
      '{ "orderNo": name /* the shop’s */, "paid": financial_status = "paid", "currency": currency }',
    );
    await expect(page.getByRole('tree', { name: 'Source' })).toBeFocused();
  });

  await test.step('what was picked up is put back', async () => {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('treeitem', { name: /, picked up$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tree', { name: 'Source' })).toBeFocused();
    await expect(page.getByText('Esc leaves it.')).toBeHidden();
  });

  await test.step('a field takes another name, and goes', async () => {
    await page.getByRole('tree', { name: 'Target' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('F2');
    await page.keyboard.type('isoCurrency');
    await page.keyboard.press('Enter');
    await mapping('keyed').toContain('"isoCurrency": currency');
    await expect(page.getByRole('tree', { name: 'Target' })).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Delete');
    await mapping('keyed').toBe('{ "orderNo": name /* the shop’s */, "isoCurrency": currency }');
  });
});

test('an expression stays as it is written; the lines follow the text', async ({ page }) => {
  await openMapper(page, 'written', '{ "all": $merge([$, { "x": 1 }]) }');
  await expect(target(page, 'all')).toContainText('$merge([$, { "x": 1 }])');

  await test.step('what it gives as a whole takes no line inside, and says so', async () => {
    await typeMapping(page, '$merge([$, { "x": 1 }])');
    await expect(target(page, 'Result')).toHaveAccessibleName(/computed/);
  });

  await test.step('a text that is half typed keeps the mapper in place', async () => {
    await typeMapping(page, '{ "a": name, "b": ');
    await source(page, 'currency').dragTo(target(page, 'Result'));
    await expect(page.getByText('The text does not parse. Mend it there first.')).toBeVisible();
    await expect(page.getByText('No lines while the text does not parse')).toBeVisible();
    await typeMapping(page, '{ // said');
    await expect(page.getByText('A comment stands between /* and */.')).toBeVisible();
  });

  await test.step('lines come back with the text', async () => {
    await typeMapping(page, '{ "a": name, "b": currency }');
    await expect(target(page, 'b')).toContainText('"USD"');
    await typeMapping(page, '{ "a": name, "b": po_number }');
    await expect(target(page, 'b')).toContainText('"PO-1"');
    await expect(page.getByTitle('Was "USD" before the last change')).toHaveText('"PO-1"');
    await typeMapping(page, '{ "a": name, "b": currency }');
    await expect(target(page, 'b')).toHaveAccessibleName(/^b, "USD", copied/);
    await expect(target(page, 'b')).toContainText('"USD"');
  });
});

test('the values beside a mapping are of the sample that is chosen there', async ({ page }) => {
  await openMapper(page, 'chosen', '{ "no": name }');
  await expect(target(page, 'no')).toContainText('"#10001"');
  await describeTarget(page, { no: 1 });
  await expect(target(page, 'no')).toContainText('not a number');
  await page.getByLabel('Sample whose values are shown').selectOption('no currency');
  await expect(target(page, 'no')).toContainText('"#10002"');
  await page.getByRole('button', { name: 'Narrow mapper' }).click();
  await expect(page.getByTestId('mapping-output')).toContainText('"#10002"');
  await page.getByLabel('Sample whose values are shown').selectOption('paid');
  await expect(page.getByTestId('mapping-output')).toContainText('"#10001"');
});

test('an analyst draws a flow from nothing to live in at most 60 actions, without a word of JSONata', async ({
  page,
}) => {
  let actions = 0;
  /** One thing that a person does: a click, a drag, a text typed or pasted. */
  const act = async (what: Promise<unknown>) => {
    actions++;
    await what;
  };
  const paste = async (editor: string, value: unknown) => {
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(JSON.stringify(value))})`);
    await act(page.getByTestId(editor).locator('.monaco-editor').first().click());
    await act(page.keyboard.press('ControlOrMeta+V'));
  };
  const order = shopOrder(4712);
  const wanted = {
    orderNo: '',
    orderedAt: '',
    currencyCode: '',
    customerPo: '',
    payment: '',
    subtotal: '',
    total: '',
    tax: '',
    buyerMail: '',
    buyer: { first: '', last: '', id: '' },
    lines: [{ sku: '', quantity: 0, unit: '' }],
  };
  await signIn(page, runtime);

  await test.step('a flow with a hook, a mapping and an answer', async () => {
    await act(page.getByRole('button', { name: 'New flow' }).first().click());
    const dialog = page.getByRole('dialog');
    await act(dialog.getByLabel('Name', { exact: true }).fill('Analyst'));
    await act(dialog.getByRole('button', { name: 'Create' }).click());
    await act(page.getByRole('button', { name: 'Webhook' }).last().click());
    await act(page.getByLabel('Path').fill('analyst'));
    await act(page.getByTestId('palette-transform').click());
  });

  await test.step('what arrives, and what it is to become', async () => {
    await act(page.getByRole('tab', { name: 'Mapping' }).click());
    await act(page.getByRole('button', { name: 'Map by lines' }).click());
    await act(page.getByRole('button', { name: 'Add a sample' }).first().click());
    await paste('sample-editor', order);
    await act(page.getByRole('button', { name: 'Save sample' }).click());
    await act(page.getByRole('button', { name: 'Describe the target' }).click());
    await paste('target-editor', wanted);
    await act(page.getByRole('button', { name: 'Use it' }).click());
  });

  await test.step('twelve fields and a loop over the lines', async () => {
    const pairs = [
      ['name', 'orderNo'],
      ['created_at', 'orderedAt'],
      ['currency', 'currencyCode'],
      ['po_number', 'customerPo'],
      ['financial_status', 'payment'],
      ['subtotal_price', 'subtotal'],
      ['total_price', 'total'],
      ['total_tax', 'tax'],
      ['email', 'buyerMail'],
      ['first_name', 'first'],
      ['last_name', 'last'],
      ['line_items', 'lines'],
    ] as const;
    for (const [from, to] of pairs) {
      await act(source(page, from).first().dragTo(target(page, to).first()));
      await expect(target(page, to).first()).not.toHaveAccessibleName(/not mapped/);
    }
    // The identifier of the customer, the article and its quantity have the same names on both sides.
    await act(page.getByRole('button', { name: /Map \d+ by name/ }).click());
    await act(page.getByRole('textbox', { name: 'Find a field' }).fill('price'));
    await act(source(page, 'price').first().dragTo(target(page, 'unit')));
  });

  await test.step('live', async () => {
    await expect(page.getByTestId('save-state')).toHaveText(/Saved/, { timeout: 15_000 });
    await act(page.getByRole('button', { name: 'Publish' }).click());
    await act(page.getByRole('dialog').getByRole('textbox').first().fill('Maps the order'));
    await act(
      page
        .getByRole('dialog')
        .getByRole('button', { name: /Publish/ })
        .click(),
    );
    await act(page.getByRole('button', { name: 'Deploy' }).click());
    await act(
      page
        .getByRole('dialog')
        .getByRole('button', { name: /Deploy/ })
        .click(),
    );
    await expect(page.getByText(/live in|Deployed/i).first()).toBeVisible();
  });

  await test.step('the order comes out as it was drawn', async () => {
    let executionId = '';
    await expect(async () => {
      const answer = await postHook(runtime, 'analyst', JSON.stringify(order));
      expect(answer.status).toBe(202);
      executionId = ((await answer.json()) as { executionId: string }).executionId;
    }).toPass();
    const [line] = order.line_items;
    await expect
      .poll(async () => {
        const execution = await runtime.json<{ spans: { nodeType: string; outputRef: string }[] }>(
          'GET',
          `/api/v1/executions/${executionId}`,
        );
        const made = execution.spans.find(({ nodeType }) => nodeType === 'transform');
        if (!made) return undefined;
        // It is traced a moment after the span.
        const answer = await runtime.api('GET', `/api/v1/executions/${executionId}/payloads/${made.outputRef}`);
        return answer.ok ? answer.json() : undefined;
      })
      .toMatchObject({
        orderNo: order.name,
        orderedAt: order.created_at,
        currencyCode: 'USD',
        customerPo: 'PO-4712',
        payment: 'paid',
        subtotal: '398.00',
        total: '408.00',
        tax: '0.00',
        buyerMail: 'ada@example.com',
        buyer: { first: 'Ada', last: 'Lovelace' },
        lines: [{ sku: line?.sku, quantity: 2, unit: '199.00' }],
      });
    expect(actions).toBeLessThanOrEqual(60);
  });
});
