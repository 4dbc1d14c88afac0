import { describe, expect, it } from 'vitest';
import { runOnce } from './run-once.ts';
import { type Behaviour, createWorkbench, testFlow, testRunners, unavailable } from './testing/index.ts';

const flow = testFlow(
  {
    hook: 'trigger',
    map: {
      type: 'pure',
      config: { value: "= { 'no': name, 'by': $meta.flowId, 'was': $trigger.name, 'hook': $nodes.hook.name }" },
    },
    call: { type: 'effect', config: { url: "= $vars.base & '/' & no" } },
    answer: 'reply',
  },
  ['hook>map', 'map>call', 'call>answer'],
);

function run(effects: 'simulate' | 'real', behaviour: Behaviour = () => undefined, draft = flow) {
  const { ports } = createWorkbench(draft);
  const variables = { base: 'http://erp' };
  return runOnce({
    flow: draft,
    payload: { name: 'A1' },
    effects,
    variables,
    ports: { ...ports, runners: testRunners(behaviour) },
  });
}

describe('a test run', () => {
  it('shows what each node got and gave, and the request a simulated action would send', async () => {
    let called = false;
    const result = await run('simulate', () => {
      called = true;
    });
    expect(called).toBe(false);
    expect(result.status).toBe('succeeded');
    expect(result.reply).toMatchObject({ status: 200, body: { status: 200 } });
    expect(result.spans.map(({ nodeId, status }) => [nodeId, status])).toEqual([
      ['hook', 'succeeded'],
      ['map', 'succeeded'],
      ['call', 'simulated'],
      ['answer', 'succeeded'],
    ]);
    const mapped = { no: 'A1', by: 'test-flow', was: 'A1', hook: 'A1' };
    expect(result.spans[1]).toMatchObject({ input: { name: 'A1' }, output: mapped });
    expect(result.spans[2]).toMatchObject({
      input: mapped,
      output: { status: 200 },
      config: { url: 'http://erp/A1', method: 'POST' },
    });
  });

  it('does effects when they are to be real', async () => {
    const urls: unknown[] = [];
    const result = await run('real', ({ config }) => void urls.push(config.url));
    expect(urls).toEqual(['http://erp/A1']);
    expect(result.status).toBe('succeeded');
  });

  it('ends as waiting where a durable wait would begin', async () => {
    const draft = testFlow({ hook: 'trigger', a: { type: 'effect', retry: { initialDelayMs: 5_000 } } }, ['hook>a']);
    const result = await run(
      'real',
      () => {
        throw unavailable();
      },
      draft,
    );
    expect(result).toMatchObject({
      status: 'waiting',
      spans: [{ nodeId: 'hook' }, { nodeId: 'a', status: 'waiting' }],
    });
  });

  it('names the node and the error where a mapping fails', async () => {
    const draft = testFlow({ hook: 'trigger', m: { type: 'pure', config: { value: '= $number("x")' } } }, ['hook>m']);
    const result = await run('simulate', undefined, draft);
    expect(result).toMatchObject({ status: 'failed', error: { code: 'DATA_MAPPING', nodeId: 'm' } });
  });

  it('refuses a flow without a trigger', async () => {
    await expect(run('simulate', undefined, testFlow({ m: 'pure' }, []))).rejects.toMatchObject({
      code: 'FLOW_NO_TRIGGER',
    });
  });
});
