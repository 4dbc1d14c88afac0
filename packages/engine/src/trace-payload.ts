import { type Execution, sealed } from './execution.ts';
import type { EnginePorts } from './ports.ts';
import type { TraceRecord } from './records.ts';

/** Largest payload kept in a trace, in bytes of JSON. */
export const TRACE_PAYLOAD_BYTES = 256 * 1024;
/** Stands where a payload was cut. */
export const CUT_MARK = '… cut';

/** Hands what was emitted since the last record to the trace: masked, and cut where large. */
export function recordTrace(ports: Pick<EnginePorts, 'trace' | 'seal'>, execution: Execution): void {
  const refs = execution.untraced.splice(0);
  if (refs.length === 0) return;
  const { executionId, flowId, env } = execution.address;
  const payloads = refs.map((ref) => tracePayload(ref, sealed(ports, execution, execution.payloads.get(ref))));
  ports.trace.record({ executionId, flowId, env, payloads });
}

/** One payload as the trace keeps it. `size` is that of the whole, in bytes. */
export function tracePayload(
  ref: string,
  value: unknown,
  limit = TRACE_PAYLOAD_BYTES,
): TraceRecord['payloads'][number] {
  const json = JSON.stringify(value);
  if (json === undefined) return { ref, size: 0 };
  const size = bytesOf(json);
  if (size <= limit) return { ref, json, size };
  return { ref, json: JSON.stringify(cut(value, { left: limit })), truncated: true, size };
}

/** Bytes of a value's JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return bytesOf(JSON.stringify(value) ?? 'null');
}

const ASCII = /^[\0-\x7f]*$/;

function bytesOf(text: string): number {
  let bytes = text.length;
  if (ASCII.test(text)) return bytes;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Both halves of a surrogate pair take two of the pair's four bytes.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** The value itself, or what is left of it within about `limit` bytes. */
export function within(value: unknown, limit: number): unknown {
  return jsonBytes(value) <= limit ? value : cut(value, { left: limit });
}

/** Copies until the budget is spent; the worst case of a character is counted, so the result is never over it by more than the marks. */
function cut(value: unknown, budget: { left: number }): unknown {
  if (budget.left <= 0) return CUT_MARK;
  if (typeof value === 'string') return cutText(value, budget);
  if (typeof value !== 'object' || value === null) {
    budget.left -= 8;
    return value;
  }
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      if (budget.left <= 0) return [...items, CUT_MARK];
      budget.left -= 1;
      items.push(cut(item, budget));
    }
    return items;
  }
  const fields: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) {
    if (budget.left <= 0) return Object.fromEntries([...fields, [CUT_MARK, true]]);
    budget.left -= name.length + 4;
    fields.push([name, cut(field, budget)]);
  }
  return Object.fromEntries(fields);
}

function cutText(text: string, budget: { left: number }): string {
  const worst = 3 * text.length;
  if (worst + 2 <= budget.left) {
    budget.left -= worst + 2;
    return text;
  }
  const kept = text.slice(0, Math.floor(budget.left / 3));
  budget.left = 0;
  return `${kept}${CUT_MARK}`;
}
