import { expect, test } from 'vitest';
import type { TracedExecution } from './engine-options.ts';
import type { Span } from './records.ts';
import { createWorkbench, testFlow, unavailable } from './testing/index.ts';

const HOUR_MS = 3_600_000;

function watching() {
  const spans: string[] = [];
  const ends: TracedExecution[] = [];
  const observer = {
    spanClosed: ({ node }: TracedExecution, { nodeId, attempt, status }: Span) =>
      void spans.push(`${node?.id === nodeId ? nodeId : 'another'} ${attempt} ${status}`),
    ended: (of: TracedExecution) => void ends.push(of),
  };
  return { spans, ends, options: { observer } };
}

test('each attempt is told once, a wait when it is over, the execution at its end', async () => {
  const { spans, ends, options } = watching();
  let calls = 0;
  const flow = testFlow(
    {
      hook: 'trigger',
      w: { type: 'wait', config: { for: 'duration', durationMs: HOUR_MS } },
      a: 'effect',
      b: 'effect',
    },
    ['hook>w', 'w>a', 'a>b'],
  );
  const behaviour = ({ nodeId }: { nodeId: string }) => {
    if (nodeId === 'a' && ++calls === 1) throw unavailable();
  };
  const bench = createWorkbench(flow, { behaviour, options });
  const headers = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
  await bench.carry(bench.accept({}, { headers }));
  expect({ spans, ends }).toEqual({ spans: [], ends: [] });
  await bench.wake('execution-1');
  expect(spans).toEqual(['w 1 succeeded', 'a 1 waiting', 'a 2 succeeded', 'b 1 succeeded']);
  expect(ends).toMatchObject([
    {
      node: { id: 'hook' },
      snapshot: { status: 'succeeded', executionId: 'execution-1' },
      trace: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', callerSpanId: '00f067aa0ba902b7' },
    },
  ]);
});
