import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { type FaultMode, type Faults, faultNow, NO_FAULTS } from './faults.ts';
import { problem } from './problem.ts';

/** Plays the faults of one system. */
export interface FaultPlayer {
  readonly faults: () => Faults;
  set(faults: Faults): void;
  /** Plays the fault of the moment before the work; after `fail` and `cut-before` there is none to do. */
  play(request: Request, response: Response): Promise<FaultMode>;
}

/** `stopped` ends waits of slow answers. */
export function faultPlayer(system: string, stopped: AbortSignal): FaultPlayer {
  let faults: Faults = NO_FAULTS;
  return {
    faults: () => faults,
    set: (next) => {
      faults = next;
    },
    async play(request, response) {
      const mode = faultNow(faults, Date.now(), Math.random());
      if (mode === 'cut-before') request.socket.destroy();
      if (mode === 'fail') problem(response, faults.status, `the ${system} is told to fail`);
      if (mode === 'slow') await delay(faults.delayMs, undefined, { signal: stopped });
      return mode;
    },
  };
}
