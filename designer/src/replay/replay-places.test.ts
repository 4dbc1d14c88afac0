import type { ExecutionDetail, Span } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { replayPlaces } from './replay-places.ts';

const span = (nodeId: string, change: Partial<Span> = {}): Span => ({
  spanId: `${nodeId}-span`,
  nodeId,
  nodeType: nodeId === 'hook' ? 'webhook' : 'http.request',
  attempt: 1,
  status: 'succeeded',
  startedAt: '2026-11-23T12:00:00.000Z',
  durationMs: 1,
  inputRef: `${nodeId}.in`,
  edges: [],
  ...change,
});
const execution = (status: ExecutionDetail['status'], spans: Span[], nodeId?: string): ExecutionDetail => ({
  executionId: 'x',
  flowId: 'orders',
  revision: 1,
  env: 'dev',
  status,
  startedAt: '2026-11-23T12:00:00.000Z',
  endedAt: null,
  durationMs: null,
  keys: {},
  attempts: spans.length,
  spans,
  ...(nodeId ? { error: { code: 'REMOTE_REJECTED', message: 'no', nodeId } } : {}),
});
const places = (it: ExecutionDetail) => replayPlaces(it, (type) => type === 'webhook');

test('a failed execution may begin at its failed step, with what that got last', () => {
  const { failed } = places(
    execution('failed', [span('hook'), span('erp'), span('erp', { inputRef: 'again', status: 'failed' })], 'erp'),
  );
  expect(failed).toEqual({ nodeId: 'erp', ref: 'again', what: 'failed' });
});

test('every node that ran is a place, once; the trigger is one by itself', () => {
  const { nodes } = places(execution('succeeded', [span('hook'), span('map'), span('erp'), span('map')]));
  expect(nodes.map(({ nodeId }) => nodeId)).toEqual(['map', 'erp']);
});

test('nothing failed in one that succeeded', () => {
  expect(places(execution('succeeded', [span('hook')])).failed).toBeUndefined();
});

test('a cancelled one goes on where it was stopped, with whatever it had there', () => {
  expect(places(execution('cancelled', [span('hook'), span('wait')])).failed).toEqual({
    ref: undefined,
    what: 'stopped',
  });
});

test('what was undone can only be done anew, from the trigger', () => {
  const undone = execution('compensated', [span('hook'), span('erp'), span('off', { undoes: 'erp' })], 'erp');
  expect(places(undone)).toEqual({ nodes: [], isUndone: true });
});

test('an undoing that failed is taken up where it failed', () => {
  const half = execution('compensation-failed', [span('erp'), span('off', { undoes: 'erp', status: 'failed' })], 'pay');
  expect(places(half).failed).toEqual({ nodeId: 'off', ref: 'off.in', what: 'undoing' });
});
