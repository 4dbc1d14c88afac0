import { FlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, windowOf } from './rate-limiter.ts';
import {
  createWorkbench,
  settleMicrotasks,
  testFlow,
  unavailable,
  VirtualClock,
  type Workbench,
} from './testing/index.ts';

describe('a circuit breaker', () => {
  const flow = testFlow(
    {
      hook: 'trigger',
      a: {
        type: 'effect',
        config: { url: 'https://erp.test/orders' },
        breaker: { failures: 3, openMs: 10_000 },
        retry: { maxAttempts: 1 },
      },
    },
    ['hook>a'],
  );
  const scope = 'dev/node:test-flow/a';
  const failThrice = async (bench: Workbench): Promise<void> => {
    for (let at = 0; at < 3; at++) await bench.carry(bench.accept());
  };

  it('opens after failures in a row for all workers; calls wait without an attempt; one tries it out; success closes it', async () => {
    let isUp = false;
    const calls: string[] = [];
    const behaviour = ({ nodeId }: { nodeId: string }): void => {
      calls.push(nodeId);
      if (!isUp) throw unavailable();
    };
    const bench = createWorkbench(flow, { behaviour });
    await failThrice(bench);
    expect(bench.bus.breakers.get(scope)?.value).toMatchObject({ state: 'open', opens: 1 });
    const other = createWorkbench(flow, { behaviour, after: bench });
    const message = other.accept();
    await other.carry(message);
    expect(calls).toHaveLength(3);
    expect(other.snapshot(message)).toMatchObject({
      status: 'waiting',
      frontier: [{ attempts: 0, heldBy: 'breaker' }],
    });
    isUp = true;
    await other.wake(message.address.executionId);
    expect(other.snapshot(message)?.status).toBe('succeeded');
    const { held } = other.snapshot(message)!.spans.at(-1)!;
    expect(held).toEqual({ by: 'breaker', ms: expect.any(Number) });
    expect(held?.ms).toBeGreaterThan(1000);
    expect(bench.bus.breakers.get(scope)?.value.state).toBe('closed');
    expect(calls).toHaveLength(4);
  });

  it('is paused twice as long by each failed probe, and not opened by refusals', async () => {
    const bench = createWorkbench(flow, {
      behaviour: () => {
        throw unavailable();
      },
    });
    await failThrice(bench);
    const message = bench.accept();
    await bench.carry(message);
    await bench.wake(message.address.executionId);
    const { value } = bench.bus.breakers.get(scope)!;
    expect(value).toMatchObject({ state: 'open', opens: 2 });
    expect(value.until - bench.clock.now()).toBe(20_000);
    const refusing = createWorkbench(flow, {
      behaviour: () => {
        throw new FlowError('REMOTE_REJECTED', { details: { status: 422 } });
      },
    });
    await failThrice(refusing);
    expect(refusing.bus.breakers.size).toBe(0);
  });
});

describe('a rate limit', () => {
  it('divides into windows that add up to it exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 100, max: 3_600_000 }), (limit, periodMs) => {
        const { permits, ms } = windowOf({ limit, periodMs });
        expect(permits / ms).toBeCloseTo(limit / periodMs, 9);
        expect(permits).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('lets no more through in any ten seconds over several workers than the limit and one window', async () => {
    const clock = new VirtualClock();
    const taken = new Map<string, number>();
    const guards = {
      breaker: () => undefined,
      setBreaker: async () => true,
      takePermits: async (
        scope: string,
        { startMs, limit, wanted }: { startMs: number; limit: number; wanted: number },
      ) => {
        const before = taken.get(`${scope}${startMs}`) ?? 0;
        taken.set(`${scope}${startMs}`, before + wanted);
        return Math.max(0, Math.min(wanted, limit - before));
      },
    };
    const limiters = Array.from({ length: 4 }, () => createRateLimiter({ guards, clock, random: Math.random }));
    const passed: number[] = [];
    for (let at = 0; at < 2_000; at++)
      void limiters[at % 4]!.take('erp', { limit: 100, periodMs: 1_000 }).then((verdict) => {
        if (verdict.pass) passed.push(clock.now());
      });
    for (let moves = 0; moves < 4_000 && passed.length < 2_000; moves++) {
      await settleMicrotasks();
      clock.moveTo(clock.nextAlarm() ?? clock.now() + 10);
    }
    expect(passed).toHaveLength(2_000);
    for (const start of passed)
      expect(passed.filter((at) => at >= start && at < start + 10_000).length).toBeLessThanOrEqual(1_010);
    expect(passed.at(-1)! - passed[0]!).toBeLessThan(20_500);
  });

  it('sends away who would wait for long, and lets nobody through while the bus is away', async () => {
    const clock = new VirtualClock();
    const guards = {
      breaker: () => undefined,
      setBreaker: async () => true,
      takePermits: async (): Promise<number> => {
        throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
      },
    };
    const limiter = createRateLimiter({ guards, clock, random: () => 0.5 });
    let passed = 0;
    const take = () =>
      limiter.take('erp', { limit: 1, periodMs: 6_000 }).then((verdict) => {
        if (verdict.pass) passed++;
        return verdict;
      });
    for (let at = 0; at < 3; at++) void take();
    expect(await take()).toEqual({ pass: false, waitMs: 12_000 });
    for (let moves = 0; moves < 10; moves++) {
      await settleMicrotasks();
      clock.moveTo(clock.nextAlarm() ?? clock.now());
    }
    expect(passed).toBe(0);
  });
});
