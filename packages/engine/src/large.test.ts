import { describe, expect, it } from 'vitest';
import type { AloneOutcome } from './engine-options.ts';
import { LARGE_PAYLOAD_BYTES } from './large.ts';
import type { Lease } from './ports.ts';
import { createWorkbench, testFlow } from './testing/index.ts';

const flow = testFlow({ hook: 'trigger', a: 'effect' }, ['hook>a']);
const LARGE = { text: 'x'.repeat(LARGE_PAYLOAD_BYTES) };

describe('an execution with a large payload', () => {
  it('runs in the process for such, its payload not read here', async () => {
    const leases: Lease[] = [];
    const runBeside = async (lease: Lease): Promise<AloneOutcome> => {
      leases.push(lease);
      lease.ack();
      return 'settled';
    };
    const bench = createWorkbench(flow, { options: { runBeside } });
    bench.ports.blobs.get = () => Promise.reject(new Error('read'));
    const large = bench.accept(LARGE);
    await bench.carry(large);
    expect(leases.map(({ address }) => address.executionId)).toEqual(['execution-1']);
    expect(large.acked).toBe(true);
    expect(bench.snapshot(large)).toBeUndefined();
  });

  it('that is smaller runs here, and so does any where there is no such process', async () => {
    const runBeside = () => Promise.reject(new Error('asked'));
    const bench = createWorkbench(flow, { options: { runBeside } });
    const small = bench.accept({ text: 'x'.repeat(LARGE_PAYLOAD_BYTES - 100) });
    await bench.carry(small);
    expect(bench.snapshot(small)?.status).toBe('succeeded');
    const without = createWorkbench(flow);
    const large = without.accept(LARGE);
    await without.carry(large);
    expect(without.snapshot(large)?.status).toBe('succeeded');
  });

  it('that ends that process twice is run alone, and condemned when it ends that one too', async () => {
    const tried: string[] = [];
    const dies = (where: string) => async (): Promise<AloneOutcome> => {
      tried.push(where);
      return 'crashed';
    };
    const bench = createWorkbench(flow, { options: { runBeside: dies('beside'), runAlone: dies('alone') } });
    const message = bench.accept(LARGE);
    for (let delivery = 1; delivery <= 3; delivery++) await bench.carry(message);
    expect(tried).toEqual(['beside', 'beside', 'alone']);
    expect(bench.snapshot(message)).toMatchObject({ status: 'failed', error: { code: 'RUN_CRASHED' } });
    expect(message.acked).toBe(true);
  });

  it('is not counted as one that crashed when the worker is told to stop', async () => {
    const stop = new AbortController();
    const runBeside = async (): Promise<AloneOutcome> => {
      stop.abort();
      return 'crashed';
    };
    const bench = createWorkbench(flow, { options: { runBeside } });
    const message = bench.accept(LARGE);
    await bench.carry(message, stop.signal);
    expect(message.acked).toBe(false);
    const next = createWorkbench(flow, { after: bench });
    await next.carry(message);
    expect(next.snapshot(message)).toMatchObject({ status: 'succeeded', crashes: 0 });
  });
});
