import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serialiseFlow } from '@crossdock/flow-model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTemplates } from './read-templates.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-templates-'));
});
afterAll(() => rm(folder, { recursive: true }));

const flow = {
  formatVersion: 1 as const,
  id: 'plain',
  name: 'Plain',
  description: 'Does little.',
  nodes: [
    { id: 'ask', type: 'http.request', connection: 'erp', config: { url: '= $vars.a & ($vars.b ?? "")' } },
    { id: 'again', type: 'http.request', connection: 'erp', config: { url: '= $vars.b', body: '= $vars.c ?? 1' } },
    { id: 'hand', type: 'flow.call', config: { flowId: 'other' } },
  ],
  edges: [],
};

test('what a template needs is told by name, once each, and whether the flow can do without a variable', async () => {
  await mkdir(join(folder, 'plain'));
  await writeFile(join(folder, 'plain', 'flow.json'), serialiseFlow(flow));
  const [template] = await readTemplates({ flowsDir: folder, log: { error: () => expect.unreachable() } });
  expect(template).toMatchObject({ id: 'plain', summary: 'Does little.', readme: '', samples: 0, tests: 0, flow });
  expect(template?.needs).toEqual({
    connections: [{ name: 'erp', types: ['http'] }],
    variables: [
      { name: 'a', isNeeded: true },
      { name: 'b', isNeeded: true },
      { name: 'c', isNeeded: false },
    ],
    flows: ['other'],
  });
});

test('a template whose flow says nothing of itself is told by the first sentence of its page', async () => {
  await mkdir(join(folder, 'untold'));
  const { description: _description, ...untold } = flow;
  await writeFile(join(folder, 'untold', 'flow.json'), serialiseFlow({ ...untold, id: 'untold' }));
  await writeFile(join(folder, 'untold', 'README.md'), '# Untold\n\nDoes `it`. Then more.\n');
  const templates = await readTemplates({ flowsDir: folder, log: { error: () => expect.unreachable() } });
  expect(templates.find(({ id }) => id === 'untold')).toMatchObject({
    ...{ summary: 'Does it.', readme: 'Does `it`. Then more.' },
  });
});

test('a file that is no flow is told and passed over, a folder without one is none', async () => {
  const told: unknown[] = [];
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken', 'flow.json'), '{');
  await mkdir(join(folder, 'notes'));
  await writeFile(join(folder, 'README.md'), 'no folder');
  const templates = await readTemplates({ flowsDir: folder, log: { error: (...what: unknown[]) => told.push(what) } });
  expect(templates.map(({ id }) => id)).toEqual(['plain', 'untold']);
  expect(told).toHaveLength(1);
  expect(await readTemplates({ flowsDir: join(folder, 'absent'), log: { error: () => expect.unreachable() } })).toEqual(
    [],
  );
});

test('each flow that Crossdock comes with is a template that says what it does', async () => {
  const flowsDir = fileURLToPath(new URL('../../../../flows', import.meta.url));
  const templates = await readTemplates({ flowsDir, log: { error: () => expect.unreachable() } });
  for (const { id, summary, readme } of templates) {
    expect([id, summary]).toEqual([id, expect.stringMatching(/^[A-Z].*[.]$/)]);
    expect([id, readme.length > summary.length]).toEqual([id, true]);
  }
  expect(templates.find(({ id }) => id === 'shop-order-to-odoo')?.needs.connections).toEqual([
    { name: 'odoo', types: ['odoo'] },
  ]);
});
