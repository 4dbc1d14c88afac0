import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testCommand } from './test-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossdock-cli-'));
const flow = (mapping: string, nodes: object[] = []) => ({
  formatVersion: 1,
  id: 'doubles',
  name: 'Doubles',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'doubles' } },
    { id: 'map', type: 'transform', config: { mapping } },
    ...nodes,
  ],
  edges: [{ id: 'e1', source: 'hook', sourceHandle: 'out', target: 'map', targetHandle: 'in' }],
  tests: [
    { name: 'two of one', payload: { n: 1 }, expect: { outputs: { map: 2 } } },
    { name: 'four of two', payload: { n: 2 }, expect: { outputs: { map: 4 } } },
  ],
});
const write = (name: string, document: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
};

async function run(...args: string[]) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  return { code: await testCommand(args, { out: say, complain: say }), said: said.join('\n') };
}

it('ends with 0 when all pass, with 1 and what differs when one fails', async () => {
  const good = write('good.flow.json', flow('n * 2'));
  const bad = write('bad.json', flow('n + 1'));
  expect(await run(good)).toMatchObject({ code: 0, said: expect.stringContaining('2 passed, 0 failed') });
  const failed = await run(bad);
  expect(failed.code).toBe(1);
  expect(failed.said).toContain('outputs.map\n        expected 4\n        got      3');
  expect(await run(bad, '--only', 'two of one')).toMatchObject({ code: 0 });
});

it('looks through folders, and writes JUnit XML', async () => {
  const junit = join(folder, 'out', 'junit.xml');
  const { code, said } = await run(folder, '--junit', junit);
  expect([code, said.includes('good.flow.json'), said.includes('bad.json')]).toEqual([0, true, false]);
  expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="doubles" tests="2" failures="0"');
});

it('fails for a file that is no flow, and for a flow with errors', async () => {
  expect(await run(write('text.json', '{'))).toMatchObject({ code: 1 });
  const broken = await run(write('broken.json', flow('n *', [{ id: 'x', type: 'no.such', config: {} }])));
  expect(broken.code).toBe(1);
  expect(broken.said).toContain('/nodes/2/type');
});

it('ends with 2 when it is called in a way it does not know', async () => {
  expect((await run('--colour')).code).toBe(2);
  expect(await run(join(folder, 'gone'))).toMatchObject({ code: 2, said: expect.stringContaining('is not there') });
});
