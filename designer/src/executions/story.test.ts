import type { Span } from '@crossdock/api-contract';
import { describe, expect, test } from 'vitest';
import { firstStep, shownStatus, tellStory } from './story.ts';

const startedAt = '2026-11-23T15:00:00.000Z';
const at = (ms: number) => new Date(Date.parse(startedAt) + ms).toISOString();
const span = (nodeId: string, attempt: number, status: Span['status'], ms: number, durationMs: number): Span => ({
  spanId: `${nodeId}.${attempt}`,
  nodeId,
  nodeType: 'http.request',
  attempt,
  status,
  startedAt: at(ms),
  durationMs,
  edges: status === 'succeeded' ? [`${nodeId}-next`] : [],
  ...(status === 'failed' ? { error: { code: 'REMOTE_ERROR', message: 'erp answered 503' } } : {}),
});
const spans = [
  span('erp', 2, 'succeeded', 4_100, 20),
  span('hook', 1, 'succeeded', 0, 1),
  span('erp', 1, 'failed', 50, 50),
];

test('what stands behind another of its ordering key is in line, and runs once it has begun', () => {
  expect(shownStatus({ status: 'running', queuedBehind: 'x' })).toBe('queued');
  expect(shownStatus({ status: 'running' })).toBe('running');
  expect(shownStatus({ status: 'cancelled', queuedBehind: 'x' })).toBe('cancelled');
});

describe('the story of an execution', () => {
  const steps = tellStory({ startedAt, spans });

  test('tells the attempts in the order they began', () => {
    expect(steps.map(({ span: { spanId }, offsetMs }) => [spanId, offsetMs])).toEqual([
      ['hook.1', 0],
      ['erp.1', 50],
      ['erp.2', 4_100],
    ]);
  });

  test('says for a further attempt how long it waited and why', () => {
    expect(steps[1]?.again).toBeUndefined();
    expect(steps[2]?.again).toEqual({ afterMs: 4_000, error: { code: 'REMOTE_ERROR', message: 'erp answered 503' } });
  });

  test('keeps the attempts of each message at a node apart', () => {
    const twice = tellStory({
      startedAt,
      spans: [
        span('erp', 1, 'waiting', 0, 1),
        { ...span('erp', 1, 'succeeded', 5, 1), iteration: 1 },
        span('erp', 2, 'succeeded', 20, 1),
      ],
    });
    expect(twice.map(({ followed, again }) => [followed, again?.afterMs])).toEqual([
      [true, undefined],
      [false, undefined],
      [false, 19],
    ]);
  });

  test('tells apart what is tried again by itself and what a person decided', () => {
    const retried = { ...span('erp', 1, 'waiting', 0, 1), retryAt: at(5) };
    const inDoubt = span('blind', 1, 'waiting', 10, 1);
    const steps = tellStory({
      startedAt,
      spans: [retried, span('erp', 2, 'succeeded', 5, 1), inDoubt, span('blind', 2, 'succeeded', 90, 0)],
    });
    expect(steps.map(({ again }) => again)).toEqual([
      undefined,
      { afterMs: 4 },
      undefined,
      { afterMs: 79, decided: true },
    ]);
  });

  test('tells where effects begin to be undone', () => {
    const undone = tellStory({
      startedAt,
      spans: [
        span('erp', 1, 'succeeded', 0, 1),
        span('pay', 1, 'failed', 5, 1),
        { ...span('off', 1, 'succeeded', 9, 1), undoes: 'erp' },
        { ...span('off2', 1, 'succeeded', 12, 1), undoes: 'map' },
      ],
    });
    expect(undone.map(({ turns }) => turns)).toEqual([undefined, undefined, true, undefined]);
  });

  test('opens at the failed step, and at the last when none failed', () => {
    const failed = tellStory({
      startedAt,
      spans: [span('map', 1, 'succeeded', 0, 1), span('erp', 1, 'failed', 2, 1), span('log', 1, 'succeeded', 3, 1)],
    });
    expect(firstStep(failed)?.span.spanId).toBe('erp.1');
    expect(firstStep(steps)?.span.spanId).toBe('erp.2');
    expect(firstStep([])).toBeUndefined();
  });
});
