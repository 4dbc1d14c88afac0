import { setTimeout as sleep } from 'node:timers/promises';
import { isFlowError, reasonOf } from '@crossdock/errors';
import type { Logger } from '../log.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * Opens something that another system offers, again and again until it is there: a start must not depend on who is up first.
 * What no waiting mends (`CONFIG_…`) is thrown at once. Undefined when `isStopping` says so meanwhile.
 */
export async function patiently<T>(
  what: string,
  open: () => Promise<T>,
  { log, isStopping }: { log: Logger; isStopping: () => boolean },
): Promise<T | undefined> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await open();
    } catch (error) {
      if (isFlowError(error) && error.code.startsWith('CONFIG_')) throw error;
      const cause = error instanceof Error && error.cause !== undefined ? reasonOf(error.cause) : undefined;
      log.warn({ reason: reasonOf(error), cause, waitMs }, `${what} cannot be reached yet`);
    }
    await sleep(waitMs);
    if (isStopping()) return undefined;
  }
}
