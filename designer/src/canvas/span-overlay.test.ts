import type { Span } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { edgeCountsOf, overlayOf } from './span-overlay.ts';

const span = (nodeId: string, attempt: number, status: Span['status'], edges: string[] = []): Span => ({
  spanId: `${nodeId}-${attempt}`,
  nodeId,
  nodeType: 'http.request',
  attempt,
  status,
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMs: 10,
  edges,
});

test('a node shows its last attempt, how many there were and their time, in whatever order the spans come', () => {
  const overlay = overlayOf([span('erp', 2, 'succeeded'), span('erp', 1, 'failed')]);
  expect(overlay.get('erp')).toEqual({ status: 'succeeded', attempts: 2, durationMs: 20 });
});

test('edges count the messages that took them', () => {
  const counts = edgeCountsOf([span('a', 1, 'succeeded', ['e1', 'e2']), span('b', 1, 'succeeded', ['e1'])]);
  expect([counts.get('e1'), counts.get('e2'), counts.get('e3')]).toEqual([2, 1, undefined]);
});
