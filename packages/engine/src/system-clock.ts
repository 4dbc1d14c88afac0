import type { Clock } from './ports.ts';

/**
 * Time as this machine has it. An aborted sleep rejects with the signal's own reason: Node's promised timers make an error of their own each
 * time, with its stack, and there is one for every attempt that ends in time.
 */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const wake = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', giveUp, { once: true });
    }),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
