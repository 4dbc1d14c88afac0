import type { Logger } from '../log.ts';

/** npm passes on the Ctrl-C that the terminal has sent to us already: that is no second one. */
const SAME_SIGNAL_MS = 1000;
const LAUNCHER_CHECK_MS = 500;
const FORCED_EXIT_CODE = 130;

export interface StopSignals {
  readonly log: Logger;
  /** Ends when its launcher (npm) is gone: nobody could stop it then. */
  readonly withLauncher: boolean;
  /** Called once, at the first signal; the process exits with 0 after it. */
  stop(): Promise<void>;
}

/** Ends the process in order on SIGTERM, SIGINT, SIGHUP or the end of its launcher; a second Ctrl-C ends it at once. */
export function obeyStopSignals({ log, withLauncher, stop }: StopSignals): void {
  let firstAt: number | undefined;
  const launcher = process.ppid;
  const begin = (reason: string) => {
    if (firstAt !== undefined) {
      if (Date.now() - firstAt < SAME_SIGNAL_MS) return;
      log.warn('stopping at once; what was in hand will be delivered again');
      // Children end as their pipes close.
      process.exit(FORCED_EXIT_CODE);
    }
    firstAt = Date.now();
    log.info({ reason }, 'stopping: finishing what is in hand');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'did not stop in order');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => begin(signal));
  if (!withLauncher) return;
  setInterval(() => {
    if (process.ppid !== launcher && firstAt === undefined) begin('the launcher ended');
  }, LAUNCHER_CHECK_MS).unref();
}
