import type { Span } from '@crossdock/engine';
import { expect, test } from 'vitest';
import { attemptsOf, type Ended, rollUp } from './roll-up.ts';

const AT = Date.parse('2026-11-29T10:07:30.000Z');
const ended = (change: Partial<Ended> = {}): Ended => ({
  ...{ env: 'dev', kind: 'flow', name: 'orders', outcome: 'succeeded', at: AT, durationMs: 40 },
  ...change,
});

test('what ended is summed into a slot of each length', () => {
  const rows = rollUp([ended(), ended({ at: AT + 20_000 }), ended({ outcome: 'failed' }), ended({ env: 'prod' })]);
  const minutes = rows.filter(({ slot_ms }) => slot_ms === 60_000);
  expect(minutes.map(({ env, outcome, count, slot }) => [env, outcome, count, slot.toISOString()])).toEqual([
    ['dev', 'failed', 1, '2026-11-29T10:07:00.000Z'],
    ['dev', 'succeeded', 2, '2026-11-29T10:07:00.000Z'],
    ['prod', 'succeeded', 1, '2026-11-29T10:07:00.000Z'],
  ]);
  for (const length of [60_000, 900_000, 7_200_000])
    expect(rows.filter(({ slot_ms }) => slot_ms === length).reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

const span = (change: Partial<Span>): Span => ({
  ...{
    spanId: 's',
    nodeId: 'erp',
    nodeType: 'http.request',
    attempt: 1,
    status: 'succeeded',
    durationMs: 5,
    edges: [],
  },
  startedAt: new Date(AT).toISOString(),
  ...change,
});

test('an attempt counts once it is over, and not again when a later record has it too', () => {
  const retried = span({ spanId: 'a', status: 'waiting', retryAt: 'later', remote: 'host:erp' });
  const going = span({ spanId: 'b', attempt: 2, status: 'running', remote: 'host:erp' });
  const of = { env: 'dev', flowId: 'orders' };
  const names = (list: Ended[]) => list.map(({ kind, name, outcome }) => `${kind} ${name} ${outcome}`);
  expect(names(attemptsOf(of, [retried, going]))).toEqual(['remote host:erp failed']);
  const done = { ...going, status: 'succeeded' as const };
  expect(names(attemptsOf(of, [retried, done], [retried, going]))).toEqual([
    'flow orders retry',
    'remote host:erp succeeded',
  ]);
  expect(attemptsOf(of, [retried, done], [retried, done])).toEqual([]);
});

test('a call in doubt counts once, by its own time, and a person who decides it later is no answer of the remote', () => {
  const of = { env: 'dev', flowId: 'orders' };
  const error = { code: 'REMOTE_CONNECTION_LOST', message: 'cut' } as unknown as Span['error'] & object;
  const asks = span({ spanId: 'a', status: 'waiting', error, remote: 'host:erp', durationMs: 5 });
  expect(attemptsOf(of, [asks])).toMatchObject([{ kind: 'remote', outcome: 'failed', durationMs: 5 }]);
  const decided = span({ ...asks, status: 'succeeded', decidedBy: 'Ada', durationMs: 70_000 });
  expect(attemptsOf(of, [decided], [asks])).toEqual([]);
  expect(attemptsOf(of, [decided])).toEqual([]);
});

test('a wait for something outside is not over, and what was only simulated called nobody', () => {
  const of = { env: 'dev', flowId: 'orders' };
  expect(attemptsOf(of, [span({ status: 'waiting' }), span({ status: 'simulated', remote: 'host:erp' })])).toEqual([]);
});
