import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** W3C Trace Context, version 00: trace id, the caller's span id, flags. All zeros are not valid ids. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The `traceparent` for the calls of one attempt (https://www.w3.org/TR/trace-context/). A trace that came with the trigger is
 * continued; else the execution is a trace of its own, named by its id.
 */
export function traceparentOf(executionId: string, spanId: string, headers: Readonly<Record<string, string>>): string {
  const [, traceId = ownTraceId(executionId), flags = '01'] = TRACEPARENT.exec(headers.traceparent ?? '') ?? [];
  return `00-${traceId}-${hexOf(spanId).slice(0, 16)}-${flags}`;
}

function ownTraceId(executionId: string): string {
  const digits = executionId.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(digits) ? digits : hexOf(executionId).slice(0, 32);
}

function hexOf(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}
