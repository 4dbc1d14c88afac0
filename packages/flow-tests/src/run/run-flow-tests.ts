import { type OnceResult, type RunOnceOptions, runOnce, systemClock } from '@crossdock/engine';
import { reasonOf } from '@crossdock/errors';
import type { Flow, FlowTest } from '@crossdock/flow-model';
import { differences } from '../differences.ts';
import { outcomeOf } from '../outcome.ts';
import { testInput } from '../test-input.ts';
import type { FlowTestResult } from '../test-result.ts';
import { testCrossReferences } from './test-cross-references.ts';

/** What a test needs of its surroundings: the node types, as data and as code, and what makes answers fit. */
export type TestPorts = Pick<RunOnceOptions['ports'], 'manifests' | 'runners' | 'narrowers'>;

/** Runs tests one after the other; the signal keeps further ones from beginning. */
export async function runFlowTests(
  flow: Flow,
  ports: TestPorts,
  { tests = flow.tests ?? [], signal }: { tests?: readonly FlowTest[]; signal?: AbortSignal } = {},
): Promise<FlowTestResult[]> {
  const results: FlowTestResult[] = [];
  for (const test of tests) {
    signal?.throwIfAborted();
    results.push(await runFlowTest(flow, test, ports));
  }
  return results;
}

/**
 * Runs the flow as the runtime would, with no effect made, and compares what came of it. Never throws: what keeps a test from being run is its
 * `problem`.
 */
export async function runFlowTest(flow: Flow, test: FlowTest, ports: TestPorts): Promise<FlowTestResult> {
  const startedAt = performance.now();
  const took = () => ({ name: test.name, durationMs: Math.round(performance.now() - startedAt) });
  try {
    const got = outcomeOf(await runOfTest(flow, test, ports));
    const found = differences(test.expect, got, test.tolerances);
    return { ...took(), passed: found.length === 0, differences: found, got };
  } catch (thrown) {
    return { ...took(), passed: false, differences: [], problem: reasonOf(thrown) };
  }
}

/** The run of a test, span by span. Throws `UnusableTest`, and what `runOnce` throws. */
export async function runOfTest(
  flow: Flow,
  test: FlowTest,
  ports: TestPorts,
  options: Pick<RunOnceOptions, 'stopAfter' | 'signal'> = {},
): Promise<OnceResult> {
  const { receivedAt, xrefs, ...input } = testInput(flow, test);
  const startsAt = Date.parse(receivedAt);
  return runOnce({
    ...options,
    flow,
    ...input,
    effects: 'simulate',
    env: 'test',
    startsAt,
    ...(xrefs ? { runAnyhow: [...ports.manifests.keys()].filter(isOfXrefs) } : {}),
    ports: {
      ...ports,
      ...closedPorts(test.name),
      ...(xrefs ? { xrefs: testCrossReferences(xrefs, () => startsAt) } : {}),
    },
  });
}

const isOfXrefs = (type: string): boolean => type.startsWith('xref.');

/** Nothing leads out of a test: what would call is answered for, and blobs rest in memory. */
function closedPorts(seed: string): Omit<RunOnceOptions['ports'], keyof TestPorts> {
  const blobs = new Map<string, Uint8Array>();
  let tokens = 0;
  return {
    http: () => () => Promise.reject(new Error('a test makes no calls')),
    blobs: {
      async put(bytes, contentType) {
        const ref = `blob-${blobs.size + 1}`;
        blobs.set(ref, bytes);
        return { ref, contentType, size: bytes.length, sha256: '' };
      },
      async get(ref) {
        return blobs.get(ref) ?? new Uint8Array();
      },
    },
    clock: systemClock,
    newToken: () => `${seed}-${++tokens}`,
    random: () => 0.5,
  };
}
