import { FlowError } from '@crossdock/errors';
import { DEFAULT_RETRY } from '@crossdock/flow-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRetry, IN_PROCESS_WAIT_MS, isOurTrouble, plannedDelayMs } from './retry-policy.ts';
import { unavailable } from './testing/index.ts';

const policies = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 50 }),
  initialDelayMs: fc.integer({ min: 1, max: 60_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  maxDelayMs: fc.integer({ min: 1, max: 3_600_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const draws = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('the retry policy', () => {
  it('waits half a second and one in process, then two durably, by default', () => {
    let waitedMs = 0;
    const waits = [1, 2, 3].map((attempts) => {
      const next = decideRetry({ error: unavailable(), attempts, waitedMs, policy: DEFAULT_RETRY }, () => 0.5);
      if (!next.retry) throw new TypeError('spent');
      if (next.inProcess) waitedMs += next.plannedMs;
      return [next.delayMs, next.inProcess];
    });
    expect(waits).toEqual([
      [500, true],
      [1_000, true],
      [2_000, false],
    ]);
  });

  it('stays within the cap and the jitter, and within the attempts', () => {
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 60 }), draws, (policy, attempts, draw) => {
        const next = decideRetry({ error: unavailable(), attempts, waitedMs: 0, policy }, () => draw);
        expect(next.retry).toBe(attempts < policy.maxAttempts);
        if (!next.retry) return;
        const planned = plannedDelayMs(policy, attempts);
        expect(planned).toBeLessThanOrEqual(policy.maxDelayMs);
        expect(next.delayMs).toBeGreaterThanOrEqual(Math.floor(planned * (1 - policy.jitter)));
        expect(next.delayMs).toBeLessThanOrEqual(Math.ceil(planned * (1 + policy.jitter)));
      }),
    );
  });

  it('never waits longer than two seconds in process in a row', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        let waitedMs = 0;
        for (let attempts = 1; attempts < policy.maxAttempts; attempts++) {
          const next = decideRetry({ error: unavailable(), attempts, waitedMs, policy }, () => 0.5);
          if (!next.retry || !next.inProcess) break;
          waitedMs += next.plannedMs;
        }
        expect(waitedMs).toBeLessThanOrEqual(IN_PROCESS_WAIT_MS);
      }),
    );
  });

  it('lets Retry-After win', () => {
    const next = decideRetry({ error: unavailable(7_000), attempts: 1, waitedMs: 0, policy: DEFAULT_RETRY }, () => 0);
    expect(next).toMatchObject({ retry: true, delayMs: 7_000, inProcess: false });
  });

  it('ends with the error itself when it can never succeed, else with the last one as cause', () => {
    const rejected = new FlowError('REMOTE_REJECTED');
    expect(decideRetry({ error: rejected, attempts: 3, waitedMs: 0, policy: DEFAULT_RETRY }, Math.random)).toEqual({
      retry: false,
      error: rejected,
    });
    const spent = decideRetry({ error: unavailable(), attempts: 6, waitedMs: 0, policy: DEFAULT_RETRY }, Math.random);
    expect(spent).toMatchObject({ retry: false, error: { code: 'RUN_ATTEMPTS_SPENT', details: { attempts: 6 } } });
  });

  it('takes the bus for our trouble and a defect in a runner for the node’s', () => {
    expect(isOurTrouble(new FlowError('SYSTEM_BUS_UNAVAILABLE'))).toBe(true);
    expect(isOurTrouble(new FlowError('SYSTEM_UNEXPECTED'))).toBe(false);
    expect(isOurTrouble(new TypeError('x'))).toBe(false);
  });
});
