import { expect, test } from 'vitest';
import { traceContextOf, traceparentOf, traceSpanId } from './trace-context.ts';

const EXECUTION = '01a20925-5e01-7231-8256-602972aeb8f0';

test('an execution is a trace of its own, each span of it a caller of its own', () => {
  const first = traceparentOf(EXECUTION, 'span-1', {});
  expect(first).toMatch(/^00-01a209255e0172318256602972aeb8f0-[0-9a-f]{16}-01$/);
  expect(traceparentOf(EXECUTION, 'span-2', {})).not.toBe(first);
});

test('a trace that came with the trigger is continued, with its flags', () => {
  const headers = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00' };
  expect(traceparentOf(EXECUTION, 'span-1', headers)).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/);
});

test('what is no traceparent is left aside', () => {
  for (const traceparent of ['', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])
    expect(traceparentOf(EXECUTION, 'span-1', { traceparent })).toContain('01a209255e0172318256602972aeb8f0');
});

test('what an execution tells of its trace is what its calls carry', () => {
  const headers = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
  const { traceId, callerSpanId, flags } = traceContextOf(EXECUTION, headers);
  expect(callerSpanId).toBe('00f067aa0ba902b7');
  expect(traceparentOf(EXECUTION, 'span-1', headers)).toBe(`00-${traceId}-${traceSpanId('span-1')}-${flags}`);
  expect(traceContextOf(EXECUTION, {})).toEqual({ traceId: '01a209255e0172318256602972aeb8f0', flags: '01' });
});
