import { type JournalSnapshot, type Span, type TracedExecution, timeOf, traceSpanId } from '@crossdock/engine';
import type { ErrorJson } from '@crossdock/errors';
import { type Attributes, type HrTime, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attemptAttributes, errorAttributes, executionAttributes, protocolAttributes } from './span-attributes.ts';

const SCOPE = { name: 'crossdock' };
const FAILED_STATUSES: readonly string[] = ['failed', 'compensated', 'compensation-failed', 'interrupted', 'waiting'];

const TRIGGER_KINDS: Readonly<Record<string, SpanKind>> = {
  webhook: SpanKind.SERVER,
  'nats.subscribe': SpanKind.CONSUMER,
  'event.received': SpanKind.CONSUMER,
};
const PRODUCERS: readonly string[] = ['nats.publish', 'event.emit'];

/**
 * The execution as a whole, below the caller's span where it came with one, and its trigger. Times are those of the record; its end is when
 * the record was written.
 */
export function spansOfEnd(of: TracedExecution, resource: Resource): ReadableSpan[] {
  const { snapshot, trace, node } = of;
  const { executionId, flowId, status, env, trigger, error, endedAt } = snapshot;
  const startMs = timeOf(trigger.receivedAt);
  const whole = spanOf(of, resource, {
    name: node ? `${node.type} ${flowId}` : flowId,
    kind: (node && TRIGGER_KINDS[node.type]) ?? SpanKind.INTERNAL,
    id: executionId,
    ...(trace.callerSpanId === undefined ? {} : { parentSpanId: trace.callerSpanId }),
    startMs,
    endMs: endedAt === undefined ? startMs : timeOf(endedAt),
    status,
    ...(error ? { error } : {}),
    attributes: { 'crossdock.status': status, ...(node ? protocolAttributes(node, env) : {}) },
  });
  const came = snapshot.spans.find((span) => isTriggerSpan(span, snapshot));
  return came ? [whole, spanOfAttempt({ snapshot, trace }, came, resource)] : [whole];
}

/** One attempt or wait, below its execution. Its id is the one that its calls named as their parent in `traceparent`. */
export function spanOfAttempt(of: TracedExecution, span: Span, resource: Resource): ReadableSpan {
  const { snapshot, node } = of;
  const startMs = timeOf(span.startedAt);
  return spanOf(of, resource, {
    name: `${span.nodeType} ${span.nodeId}`,
    kind: kindOf(span),
    id: span.spanId,
    parentSpanId: traceSpanId(snapshot.executionId),
    startMs,
    endMs: startMs + span.durationMs,
    status: span.status,
    ...(span.error ? { error: span.error } : {}),
    attributes: { ...attemptAttributes(span), ...(node ? protocolAttributes(node, snapshot.env) : {}) },
  });
}

function isTriggerSpan({ nodeId, inputRef }: Span, { trigger }: JournalSnapshot): boolean {
  return nodeId === trigger.nodeId && inputRef === 'trigger';
}

function kindOf({ nodeType, remote }: Span): SpanKind {
  if (PRODUCERS.includes(nodeType)) return SpanKind.PRODUCER;
  return remote === undefined ? SpanKind.INTERNAL : SpanKind.CLIENT;
}

interface SpanParts {
  name: string;
  kind: SpanKind;
  /** Made into a span id. */
  id: string;
  parentSpanId?: string;
  /** Milliseconds since 1970. */
  startMs: number;
  endMs: number;
  status: string;
  error?: ErrorJson;
  attributes: Attributes;
}

function spanOf({ snapshot, trace }: TracedExecution, resource: Resource, parts: SpanParts): ReadableSpan {
  const { name, kind, id, parentSpanId, startMs, status, error } = parts;
  const endMs = Math.max(startMs, parts.endMs);
  const inTrace = (spanId: string) => ({
    traceId: trace.traceId,
    spanId,
    traceFlags: Number.parseInt(trace.flags, 16),
  });
  const own = inTrace(traceSpanId(id));
  return {
    name,
    kind,
    spanContext: () => own,
    ...(parentSpanId === undefined ? {} : { parentSpanContext: { ...inTrace(parentSpanId), isRemote: true } }),
    startTime: hrTime(startMs),
    endTime: hrTime(endMs),
    duration: hrTime(endMs - startMs),
    ended: true,
    status: FAILED_STATUSES.includes(status)
      ? { code: SpanStatusCode.ERROR, ...(error ? { message: error.message } : {}) }
      : { code: SpanStatusCode.UNSET },
    attributes: { ...executionAttributes(snapshot), ...parts.attributes, ...(error ? errorAttributes(error) : {}) },
    links: [],
    events: [],
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function hrTime(ms: number): HrTime {
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
}
