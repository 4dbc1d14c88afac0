import { writeSync } from 'node:fs';
import type { Lease } from '@crossdock/engine';

/** Long enough for what was written to leave the process, too short for much of an answer. */
const SENT_MS = 2;
/** Calls that wait for nothing and decide nothing. */
const NOT_COUNTED = new Set(['working', 'now', 'breaker']);

/** Numbers the moments at which an engine may die. */
export interface CrashPoints {
  /** Dies (SIGKILL) at the n-th moment from now. */
  arm(crashAt: number): void;
  /** The same port; each call has a moment while it is under way and one after it, and where `before` is set one ahead of it. */
  around<T extends object>(name: string, port: T): T;
  aroundLease(lease: Lease): Lease;
}

/**
 * Prints the name of the moment on stdout before it kills this process. Where calls follow each other, dying before one leaves what dying after
 * the one ahead of it leaves; with `before` both are tried.
 */
export function createCrashPoints({ before }: { before: boolean }): CrashPoints {
  let left = Number.POSITIVE_INFINITY;
  const isNow = (): boolean => --left === 0;
  const die = (moment: string): never => {
    writeSync(1, `${moment}\n`);
    process.kill(process.pid, 'SIGKILL');
    // The signal comes before anything else runs, but not before this returns.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  };

  const around = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function' || typeof key === 'symbol' || NOT_COUNTED.has(key)) return value;
        return (...args: unknown[]) => {
          const call = `${name}.${key}`;
          if (before && isNow()) die(`before ${call}`);
          const result: unknown = Reflect.apply(value, target, args);
          if (isNow()) setTimeout(() => die(`during ${call}`), SENT_MS);
          if (!(result instanceof Promise)) return result;
          return result.then((outcome) => {
            if (isNow()) die(`after ${call}`);
            return outcome;
          });
        };
      },
    });

  return {
    arm: (crashAt) => {
      left = crashAt;
    },
    around,
    aroundLease: (lease) => around(`${lease.kind} lease`, lease),
  };
}
