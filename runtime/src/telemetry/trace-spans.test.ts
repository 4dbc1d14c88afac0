import type { JournalSnapshot, Span, TracedExecution } from '@crossdock/engine';
import { emptyResource } from '@opentelemetry/resources';
import { expect, test } from 'vitest';
import { spanOfAttempt, spansOfEnd } from './trace-spans.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const RECEIVED_AT = '2026-03-01T10:00:00.000Z';

function execution(change: Partial<JournalSnapshot> = {}): JournalSnapshot {
  return {
    executionId: '01a20925-5e01-7231-8256-602972aeb8f0',
    flowId: 'orders',
    revision: 3,
    env: 'prod',
    status: 'succeeded',
    trigger: { nodeId: 'hook', receivedAt: RECEIVED_AT, headers: {}, keys: { orderNo: ['SECRET-KEY'] }, seq: 1 },
    spans: [],
    endedAt: '2026-03-01T10:00:02.500Z',
    ...change,
  } as unknown as JournalSnapshot;
}

function attempt(change: Partial<Span> = {}): Span {
  const base = { spanId: 's1', nodeId: 'erp', nodeType: 'http.request', attempt: 2, status: 'succeeded' } as const;
  return { ...base, startedAt: '2026-03-01T10:00:01.250Z', durationMs: 40, edges: [], ...change };
}

function traced(change: Partial<TracedExecution> = {}): TracedExecution {
  return { snapshot: execution(), trace: { traceId: TRACE_ID, callerSpanId: CALLER, flags: '01' }, ...change };
}

test('an execution is the span of its trigger kind below its caller, each attempt a span below it', () => {
  const node = { id: 'hook', type: 'webhook', config: { path: 'shop/orders', method: 'PUT' } };
  const [whole] = spansOfEnd(traced({ node }), emptyResource());
  expect(whole).toMatchObject({
    name: 'webhook orders',
    kind: 1,
    parentSpanContext: { traceId: TRACE_ID, spanId: CALLER },
    startTime: [1772359200, 0],
    endTime: [1772359202, 500_000_000],
    status: { code: 0 },
    attributes: {
      'crossdock.flow.id': 'orders',
      'crossdock.env': 'prod',
      'crossdock.flow.revision': 3,
      'http.route': '/hooks/prod/shop/orders',
      'http.request.method': 'PUT',
    },
  });
  const call = spanOfAttempt(traced(), attempt({ remote: 'host:erp.example:8443' }), emptyResource());
  expect(call).toMatchObject({
    name: 'http.request erp',
    kind: 2,
    parentSpanContext: { spanId: whole?.spanContext().spanId },
    duration: [0, 40_000_000],
    attributes: {
      'crossdock.node.id': 'erp',
      'crossdock.attempt': 2,
      'server.address': 'erp.example',
      'server.port': 8443,
    },
  });
  expect(call.spanContext()).toMatchObject({ traceId: TRACE_ID, traceFlags: 1 });
});

test('without a caller the execution is the root', () => {
  const { traceId, flags } = traced().trace;
  const [whole] = spansOfEnd(traced({ trace: { traceId, flags } }), emptyResource());
  expect(whole?.parentSpanContext).toBeUndefined();
});

test('an error gives its code, its message and the status of the answer, and nothing else of its details', () => {
  const error = {
    code: 'REMOTE_REJECTED',
    message: 'erp.example refused the request with 422',
    details: { status: 422, excerpt: 'payload-of-the-answer' },
  } as const;
  const span = spanOfAttempt(traced(), attempt({ status: 'failed', error }), emptyResource());
  expect(span.status).toEqual({ code: 2, message: 'erp.example refused the request with 422' });
  expect(span.attributes).toMatchObject({ 'error.type': 'REMOTE_REJECTED', 'http.response.status_code': 422 });
  expect(JSON.stringify(span)).not.toContain('payload-of-the-answer');
});

test('no business keys, and of settings only what is no expression', () => {
  const node = { id: 'erp', type: 'http.request', config: { method: '= $.method', url: 'https://a.example/?token=t' } };
  const span = spanOfAttempt(traced({ node }), attempt(), emptyResource());
  const [whole] = spansOfEnd(traced(), emptyResource());
  expect(JSON.stringify([span, whole])).not.toMatch(/SECRET-KEY|token=|\$\.method/);
});

test('the trigger is told with the end, refused ones with their reason', () => {
  const error = { code: 'DATA_KEY', message: 'the key is missing' } as const;
  const came = attempt({
    spanId: 't',
    nodeId: 'hook',
    nodeType: 'nats.subscribe',
    inputRef: 'trigger',
    error,
    status: 'failed',
  });
  const node = { id: 'hook', type: 'nats.subscribe', config: { subject: 'shop.{env}.>' } };
  const [whole, trigger] = spansOfEnd(
    traced({ node, snapshot: execution({ spans: [came], status: 'failed', error }) }),
    emptyResource(),
  );
  expect(whole).toMatchObject({
    kind: 4,
    status: { code: 2, message: 'the key is missing' },
    attributes: { 'messaging.destination.name': 'shop.prod.>', 'messaging.operation.type': 'process' },
  });
  expect(trigger).toMatchObject({
    name: 'nats.subscribe hook',
    parentSpanContext: { spanId: whole?.spanContext().spanId },
  });
});
