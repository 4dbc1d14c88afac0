import { type JournalSnapshot, type Span, timeOf } from '@crossdock/engine';
import { decodeJson } from './json.ts';

/**
 * A span as it rests, by place instead of by name: spans are most of a record, and a record's size is most of what it costs. The input is named
 * by the place of the span that emitted it, the output by its handle, the start by milliseconds since the execution's own.
 */
type StoredSpan = [
  spanId: string,
  nodeId: string,
  nodeType: string,
  attempt: number,
  status: Span['status'],
  startedAt: number | string,
  durationMs: number,
  inputRef: number | string | null,
  outputRef: string | null,
  edges: string[],
  rest?: Partial<Span>,
];

interface StoredSnapshot extends Omit<JournalSnapshot, 'spans' | 'lease'> {
  /** Missing where the execution is still under its trigger's lease. */
  lease?: string;
  spans: StoredSpan[];
}

/** The text of a journal record. */
export function encodeSnapshot(snapshot: JournalSnapshot): string {
  const isOwnLease = snapshot.lease === snapshot.executionId;
  return JSON.stringify({
    ...snapshot,
    lease: isOwnLease ? undefined : snapshot.lease,
    spans: storedSpans(snapshot),
  });
}

/** Reads a journal record; undefined when the bytes are none. */
export function decodeSnapshot(data: Uint8Array): JournalSnapshot | undefined {
  const stored = decodeJson(data) as StoredSnapshot | undefined;
  if (typeof stored?.executionId !== 'string' || !Array.isArray(stored.spans)) return undefined;
  const startedAt = Date.parse(stored.startedAt);
  const spans: Span[] = [];
  for (const span of stored.spans) spans.push(readSpan(span, spans, startedAt));
  return { ...stored, lease: stored.lease ?? stored.executionId, spans };
}

function storedSpans({ spans, startedAt }: JournalSnapshot): StoredSpan[] {
  const start = timeOf(startedAt);
  const places = new Map<string, number>();
  return spans.map((span, place) => {
    const { spanId, nodeId, nodeType, attempt, status, durationMs, inputRef, outputRef, edges } = span;
    const begun = sinceStart(span.startedAt, start);
    const input = inputRef === undefined ? null : (places.get(inputRef) ?? inputRef);
    const output = storedOutput(span);
    const stored: StoredSpan = [spanId, nodeId, nodeType, attempt, status, begun, durationMs, input, output, edges];
    const rest = restOf(span, output);
    if (rest) stored.push(rest);
    if (outputRef !== undefined) places.set(outputRef, place);
    return stored;
  });
}

/** The handle behind a dot where the span emitted it by itself; nothing where only the whole reference would be read back right. */
function storedOutput({ spanId, outputRef }: Span): string | null {
  if (outputRef === undefined || outputRef.startsWith('.')) return null;
  return outputRef.startsWith(spanId) && outputRef[spanId.length] === '.' ? outputRef.slice(spanId.length) : outputRef;
}

type Placed =
  | ('spanId' | 'nodeId' | 'nodeType' | 'attempt' | 'status')
  | ('startedAt' | 'durationMs' | 'inputRef' | 'outputRef' | 'edges');

/** What few spans have; typed so that a new field of spans has to be named. */
const SELDOM_FIELDS: Record<Exclude<keyof Span, Placed>, true> = {
  error: true,
  retryAt: true,
  iteration: true,
  undoes: true,
  item: true,
  decidedBy: true,
  held: true,
  remote: true,
};
const SELDOM = Object.keys(SELDOM_FIELDS) as Exclude<keyof Span, Placed>[];

function restOf(span: Span, output: string | null): Partial<Span> | undefined {
  let rest: Partial<Span> | undefined;
  for (const name of SELDOM) if (span[name] !== undefined) rest = { ...rest, [name]: span[name] };
  return output === null && span.outputRef !== undefined ? { ...rest, outputRef: span.outputRef } : rest;
}

function readSpan(stored: StoredSpan, before: readonly Span[], start: number): Span {
  const [spanId, nodeId, nodeType, attempt, status, begun, durationMs, input, output, edges, rest] = stored;
  const inputRef = typeof input === 'number' ? before[input]?.outputRef : input;
  return {
    spanId,
    nodeId,
    nodeType,
    attempt,
    status,
    startedAt: typeof begun === 'number' ? new Date(start + begun).toISOString() : begun,
    durationMs,
    ...(inputRef === null || inputRef === undefined ? {} : { inputRef }),
    ...(output === null ? {} : { outputRef: output.startsWith('.') ? `${spanId}${output}` : output }),
    edges,
    ...rest,
  };
}

/** A number where it gives back the very same text. */
function sinceStart(text: string, start: number): number | string {
  const since = timeOf(text) - start;
  return text.length === 24 && text.endsWith('Z') && Number.isFinite(since) ? since : text;
}
