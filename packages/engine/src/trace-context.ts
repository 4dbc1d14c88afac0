import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** W3C Trace Context, version 00: trace id, the caller's span id, flags. All zeros are not valid ids. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})$/;

/** The trace that an execution is part of (https://www.w3.org/TR/trace-context/), ids in hex. */
export interface TraceContext {
  traceId: string;
  /** The span of whoever triggered it; missing where the execution is a trace of its own. */
  callerSpanId?: string;
  /** Two hex digits; the lowest bit says that the caller keeps the trace. */
  flags: string;
}

/** A trace that came with the trigger is continued; else the execution is a trace of its own, named by its id. */
export function traceContextOf(executionId: string, headers: Readonly<Record<string, string>>): TraceContext {
  const [, traceId, callerSpanId, flags] = TRACEPARENT.exec(headers.traceparent ?? '') ?? [];
  if (traceId === undefined || callerSpanId === undefined || flags === undefined)
    return { traceId: ownTraceId(executionId), flags: '01' };
  return { traceId, callerSpanId, flags };
}

/** The id that others know a span by, in 16 hex digits: of `Span.spanId`, or of the execution's id for the execution as a whole. */
export function traceSpanId(id: string): string {
  return hexOf(id).slice(0, 16);
}

/** The `traceparent` for the calls of one attempt. */
export function traceparentOf(executionId: string, spanId: string, headers: Readonly<Record<string, string>>): string {
  const { traceId, flags } = traceContextOf(executionId, headers);
  return `00-${traceId}-${traceSpanId(spanId)}-${flags}`;
}

function ownTraceId(executionId: string): string {
  const digits = executionId.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits : hexOf(executionId).slice(0, 32);
}

function hexOf(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}
