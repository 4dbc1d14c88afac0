import { emptyResource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { createBoundedExport } from './bounded-export.ts';
import { spanOfAttempt } from './trace-spans.ts';

function span(flags = '01'): ReadableSpan {
  const snapshot = { executionId: 'e', flowId: 'f', revision: 1, env: 'dev', trigger: {} } as never;
  const attempt = {
    spanId: 's',
    nodeId: 'n',
    nodeType: 'transform',
    attempt: 1,
    status: 'succeeded',
  } as const;
  return spanOfAttempt(
    { snapshot, trace: { traceId: 'a'.repeat(32), flags } },
    { ...attempt, edges: [], startedAt: '2026-03-01T10:00:00.000Z', durationMs: 1 },
    emptyResource(),
  );
}

type Done = Parameters<SpanExporter['export']>[1];

function watched(answer: (done: Done, count: number) => void) {
  const counts: Record<string, number> = {};
  const told: string[] = [];
  const bounded = createBoundedExport(
    { export: (spans, done) => answer(done, spans.length), shutdown: async () => undefined },
    {
      counted(outcome, by) {
        counts[outcome] = (counts[outcome] ?? 0) + by;
      },
      lost: (reason) => told.push(reason),
      back: () => told.push('back'),
    },
  );
  return { bounded, counts, told };
}

test('what a collector that never answers cannot take is dropped and counted, and closing does not wait for it', async () => {
  const { bounded, counts } = watched(() => undefined);
  for (let nth = 0; nth < 10_000; nth++) bounded.take(span());
  // One batch is under way, the queue holds its most.
  expect(counts).toEqual({ 'queue-full': 10_000 - 8192 - 512 });
  const startedAt = Date.now();
  await bounded.close(50);
  expect(Date.now() - startedAt).toBeLessThan(2000);
});

test('an outage is told once, and its end', async () => {
  let isAway = true;
  const { bounded, counts, told } = watched((done) =>
    done(isAway ? { code: 1, error: new Error('away') } : { code: 0 }),
  );
  const batch = async () => {
    for (let nth = 0; nth < 512; nth++) bounded.take(span());
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await batch();
  await batch();
  isAway = false;
  await batch();
  await batch();
  expect(told).toEqual(['away', 'back']);
  expect(counts).toEqual({ 'not-taken': 1024, sent: 1024 });
});

test('a trace that its caller does not keep is not sent', async () => {
  const { bounded, counts } = watched((done) => done({ code: 0 }));
  bounded.take(span('00'));
  await bounded.close(1000);
  expect(counts).toEqual({});
});
