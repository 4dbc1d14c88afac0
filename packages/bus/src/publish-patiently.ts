import { setTimeout as sleep } from 'node:timers/promises';
import { busError, isUnclear } from './bus-errors.ts';
import type { Link } from './link.ts';

/** As long as a journal write: a change of leader passes meanwhile. */
const TIMEOUT_MS = 15_000;
const RETRY_DELAY_MS = 100;

/** Publishes until the server confirms; only for messages that may be stored twice without harm. Throws `SYSTEM_BUS_…` when it stays away. */
export async function publishPatiently(
  link: Link,
  subject: string,
  body: string,
  fields: Record<string, string | undefined>,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      await link.publish(subject, body, fields);
      return;
    } catch (error) {
      if (!isUnclear(error) || Date.now() >= deadline) throw busError(error);
      await sleep(RETRY_DELAY_MS);
      await link.waitConnected(deadline - Date.now());
    }
  }
}
