import type { FlowError } from '@crossdock/errors';
import type { BreakerPolicy } from '@crossdock/flow-model';
import type { BreakerState, EnginePorts } from './ports.ts';

/** Who loses a race for a probe asks again after this. */
const ASK_AGAIN_MS = 500;
/** Calls held up by one breaker come back spread over so much of its pause. */
const SPREAD = 0.2;

/** A call that may be made, and whether it is the one that tries a paused remote out. */
export type BreakerVerdict = { pass: true; isProbe: boolean } | { pass: false; waitMs: number };

/**
 * Circuit breakers, one for each remote, shared by all workers: failures are counted here, the state is everyone's. Losing the state is
 * harmless: it is learnt again.
 */
export interface Breakers {
  /** A probe that has not said how it went after `patienceMs` is taken for lost. */
  ask(scope: string, patienceMs: number): Promise<BreakerVerdict>;
  /** Tells how a call went; an error counts when it speaks of the remote's health. */
  told(scope: string, policy: BreakerPolicy, outcome: { isProbe: boolean; error?: FlowError }): Promise<void>;
}

export function createBreakers({ guards, clock, random }: Pick<EnginePorts, 'guards' | 'clock' | 'random'>): Breakers {
  const failures = new Map<string, number[]>();

  return {
    async ask(scope, patienceMs) {
      const found = guards.breaker(scope);
      if (!found || found.value.state === 'closed') return { pass: true, isProbe: false };
      const now = clock.now();
      const leftMs = found.value.until - now;
      if (leftMs > 0) return { pass: false, waitMs: leftMs * (1 + SPREAD * random()) };
      // Paused for long enough, or the probe never came back: one caller in the fleet tries it out.
      const probing: BreakerState = { ...found.value, state: 'half-open', until: now + patienceMs };
      if (await guards.setBreaker(scope, probing, found.version)) return { pass: true, isProbe: true };
      return { pass: false, waitMs: ASK_AGAIN_MS * (1 + random()) };
    },

    async told(scope, policy, { isProbe, error }) {
      const isFailure = error !== undefined && speaksOfHealth(error);
      if (error !== undefined && !isFailure && !isProbe) return;
      if (isProbe) return isFailure ? pause(scope, policy) : close(scope);
      if (!isFailure) {
        failures.delete(scope);
        return;
      }
      const now = clock.now();
      const recent = [...(failures.get(scope) ?? []), now].filter((at) => at > now - policy.windowMs);
      failures.set(scope, recent);
      const state = guards.breaker(scope)?.value.state ?? 'closed';
      if (recent.length >= policy.failures && state === 'closed') await pause(scope, policy);
    },
  };

  async function pause(scope: string, { openMs, maxOpenMs }: BreakerPolicy): Promise<void> {
    failures.delete(scope);
    const found = guards.breaker(scope);
    const opens = (found?.value.opens ?? 0) + 1;
    const until = clock.now() + Math.min(maxOpenMs, openMs * 2 ** (opens - 1));
    await guards.setBreaker(scope, { state: 'open', until, opens }, found?.version ?? 0);
  }

  async function close(scope: string): Promise<void> {
    const found = guards.breaker(scope);
    await guards.setBreaker(scope, { state: 'closed', until: 0, opens: 0 }, found?.version ?? 0);
  }
}

/** Refusals say that the remote works. */
function speaksOfHealth({ code }: FlowError): boolean {
  return code === 'REMOTE_UNAVAILABLE' || code === 'REMOTE_TIMEOUT' || code === 'REMOTE_ERROR';
}
