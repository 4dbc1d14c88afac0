import type { JournalSnapshot, Span } from '@crossdock/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSnapshot, encodeSnapshot } from './journal-codec.ts';

const time = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const name = fc.string({ minLength: 1, maxLength: 8 });
const ref = fc.oneof(
  fc.constant('trigger'),
  name,
  fc.tuple(name, name).map(([id, handle]) => `${id}.${handle}`),
);
const span: fc.Arbitrary<Span> = fc.record(
  {
    spanId: name,
    nodeId: name,
    nodeType: name,
    attempt: fc.nat(),
    status: fc.constantFrom('running', 'succeeded', 'waiting'),
    startedAt: fc.oneof(time, fc.constant('2026-01-01T00:00:00+02:00')),
    durationMs: fc.nat(),
    inputRef: ref,
    outputRef: ref,
    edges: fc.array(name),
    retryAt: time,
    iteration: fc.nat(),
    item: fc.record({ index: fc.nat(), count: fc.nat() }),
    decidedBy: name,
    held: fc.record({ by: fc.constantFrom('breaker', 'rate-limit', 'share'), ms: fc.nat() }),
  },
  { requiredKeys: ['spanId', 'nodeId', 'nodeType', 'attempt', 'status', 'startedAt', 'durationMs', 'edges'] },
);

/** Spans of a walk: each may take up what an earlier one emitted. */
const walk = fc.array(fc.tuple(span, fc.option(fc.nat(10)), fc.boolean()), { maxLength: 8 }).map((steps) => {
  const spans: Span[] = [];
  for (const [own, from, emits] of steps) {
    const before = from === null ? undefined : spans[from]?.outputRef;
    spans.push({
      ...own,
      ...(before === undefined ? {} : { inputRef: before }),
      ...(emits ? { outputRef: `${own.spanId}.out` } : {}),
    });
  }
  return spans;
});

const snapshot = fc
  .record({
    spans: walk,
    startedAt: time,
    lease: fc.constantFrom('x-1', 'a timer'),
    outputs: fc.dictionary(name, name),
  })
  .map(
    ({ outputs, ...more }): JournalSnapshot => ({
      v: 1,
      executionId: 'x-1',
      flowId: 'orders',
      revision: 3,
      env: 'dev',
      status: 'running',
      token: 't1',
      write: 2,
      crashes: 0,
      trigger: { nodeId: 'hook', receivedAt: more.startedAt, headers: {}, keys: {}, seq: 7 },
      frontier: [],
      outputs: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { value }])),
      nodeOutputs: {},
      ...more,
    }),
  );

describe('a journal record', () => {
  test('gives back what was written', () => {
    fc.assert(
      fc.property(snapshot, (written) => {
        // Objects without a prototype come from fast-check, never from the engine.
        const plain = JSON.parse(JSON.stringify(written)) as JournalSnapshot;
        expect(decodeSnapshot(new TextEncoder().encode(encodeSnapshot(plain)))).toEqual(plain);
      }),
    );
  });

  test('is less than half as long as its JSON for a run of five nodes', () => {
    const start = '2026-01-01T00:00:00.000Z';
    const spans = Array.from({ length: 5 }, (_, at): Span => {
      const emitted = (place: number): string => (place < 0 ? 'trigger' : `k3f9a8b7c6d5e4${place}.out`);
      return {
        spanId: `k3f9a8b7c6d5e4${at}`,
        nodeId: `node${at}`,
        nodeType: 'transform',
        attempt: 1,
        status: 'succeeded',
        startedAt: start,
        durationMs: 1,
        inputRef: emitted(at - 1),
        outputRef: emitted(at),
        edges: [`e${at}`],
      };
    });
    const [one] = fc.sample(snapshot, 1) as [JournalSnapshot];
    const spanBytes = (text: string): number => text.length - JSON.stringify({ ...one, spans: [] }).length;
    const whole = { ...one, lease: 'x-1', startedAt: start, spans };
    expect(spanBytes(encodeSnapshot(whole))).toBeLessThan(0.5 * spanBytes(JSON.stringify(whole)));
  });

  test.each(['no json', '[]', '{"executionId":"x"}', 'null'])('is not read from %s', (text) => {
    expect(decodeSnapshot(new TextEncoder().encode(text))).toBeUndefined();
  });
});
