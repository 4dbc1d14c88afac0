import type { Answers } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { type RunOnceOptions, runOnce } from './run-once.ts';
import { createWorkbench, testFlow, testRunners } from './testing/index.ts';

const chain = testFlow({ hook: 'trigger', a: 'effect', b: { type: 'pure', config: { value: '= $' } }, c: 'effect' }, [
  'hook>a',
  'a>b',
  'b>c',
]);

function run(draft = chain, options: Partial<RunOnceOptions> = {}) {
  const { ports } = createWorkbench(draft);
  const called: string[] = [];
  const runners = testRunners(({ nodeId }) => void called.push(nodeId));
  const result = runOnce({ flow: draft, payload: {}, effects: 'simulate', ...options, ports: { ...ports, runners } });
  return result.then((one) => ({ ...one, called }));
}

const ranIn = (spans: readonly { nodeId: string; status: string }[]) =>
  spans.map(({ nodeId, status }) => `${nodeId} ${status}`);

describe('a run on trial', () => {
  it('takes the answers given for a node, one for each visit', async () => {
    const result = await run(chain, { answers: { a: [{ output: { id: 7 } }] } });
    expect(result.spans[1]).toMatchObject({ status: 'simulated', output: { id: 7 }, config: { method: 'POST' } });
    expect(result.spans[2]).toMatchObject({ input: { id: 7 }, output: { id: 7 } });
  });

  it('tries an error that may pass again at once, and goes on with the next answer', async () => {
    const answers: Answers = { a: [{ error: { code: 'REMOTE_ERROR' } }, { output: 'fine' }] };
    const result = await run(chain, { answers });
    expect(ranIn(result.spans)).toEqual(['hook succeeded', 'a waiting', 'a simulated', 'b succeeded', 'c simulated']);
  });

  it('spends all attempts in no time, however far apart they are', async () => {
    const draft = testFlow(
      { hook: 'trigger', a: { type: 'effect', retry: { maxAttempts: 4, initialDelayMs: 3_600_000 } } },
      ['hook>a'],
    );
    const startsAt = Date.parse('2026-01-05T09:00:00Z');
    const result = await run(draft, { answers: { a: [{ error: { code: 'REMOTE_ERROR' } }] }, startsAt });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'RUN_ATTEMPTS_SPENT', nodeId: 'a' } });
    expect(result.spans.filter(({ nodeId }) => nodeId === 'a')).toHaveLength(4);
    expect(result.durationMs).toBeGreaterThanOrEqual(3 * 3_600_000);
  });

  it('leaves by the error handle where the node says so', async () => {
    const draft = testFlow({ hook: 'trigger', a: { type: 'effect', onError: 'branch' }, sorry: 'pure' }, [
      'hook>a',
      'a.error>sorry',
    ]);
    const result = await run(draft, { answers: { a: [{ error: { code: 'REMOTE_REJECTED', message: 'no' } }] } });
    expect(result.spans.at(-1)).toMatchObject({ nodeId: 'sorry', input: { error: { message: 'no' } } });
  });

  it('undoes what was answered for when a later answer is an error', async () => {
    const draft = testFlow(
      { hook: 'trigger', a: { type: 'effect', compensate: 'undo' }, c: 'effect', undo: 'effect' },
      ['hook>a', 'a>c'],
    );
    const result = await run(draft, { answers: { c: [{ error: { code: 'REMOTE_REJECTED' } }] } });
    expect(result.status).toBe('compensated');
    expect(result.spans.at(-1)).toMatchObject({ nodeId: 'undo', undoes: 'a' });
  });

  it('stops after so many attempts and says what is next', async () => {
    const result = await run(chain, { stopAfter: 2 });
    expect(result).toMatchObject({ status: 'running', next: ['b'] });
    expect(ranIn(result.spans)).toEqual(['hook succeeded', 'a simulated']);
    expect(await run(chain, { stopAfter: 9 })).not.toHaveProperty('next');
  });

  it('answers for a node among real ones, which are called', async () => {
    const result = await run(chain, { effects: 'real', answers: { a: [{ output: 'known' }] } });
    expect(ranIn(result.spans)).toEqual(['hook succeeded', 'a simulated', 'b succeeded', 'c succeeded']);
    expect(result.called).toEqual(['c']);
  });

  it('answers for node types that are never real', async () => {
    const result = await run(chain, { effects: 'real', neverReal: ['test.effect'] });
    expect(result.called).toEqual([]);
    expect(result.status).toBe('succeeded');
  });

  it('waits for an event no longer than its answer says', async () => {
    const draft = testFlow({ hook: 'trigger', w: { type: 'wait', config: { for: 'event', key: 'k' } }, late: 'pure' }, [
      'hook>w',
      'w.timeout>late',
    ]);
    expect((await run(draft)).spans[1]).toMatchObject({ status: 'simulated', output: { simulated: true } });
    const late = await run(draft, { answers: { w: [{ handle: 'timeout' }] } });
    expect(late.spans.map(({ nodeId }) => nodeId)).toEqual(['hook', 'w', 'late']);
  });
});
