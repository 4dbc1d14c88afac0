import { setTimeout as sleep } from 'node:timers/promises';
import { API_CODES, apiCode, busError, isUnclear } from './bus-errors.ts';
import type { Link } from './link.ts';
import { SERVER_HEADERS } from './names.ts';

/** As long as a journal write: a change of leader passes meanwhile. */
const TIMEOUT_MS = 15_000;
const RETRY_DELAY_MS = 100;

type Fields = Record<string, string | undefined>;

/** Publishes until the server confirms; only for messages that may be stored twice without harm. Throws `SYSTEM_BUS_…` when it stays away. */
export async function publishPatiently(
  link: Link,
  subject: string,
  body: string | Uint8Array,
  fields: Fields = {},
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    try {
      await link.publish(subject, body, fields);
      return;
    } catch (error) {
      if (isStale(error) || !isUnclear(error) || Date.now() >= deadline) throw busError(error);
      await sleep(RETRY_DELAY_MS);
      await link.waitConnected(deadline - Date.now());
    }
  }
}

/**
 * Stores the one message of a subject, unless one is there. Gives whether this call stored it; false also when its first try did and only
 * the confirmation got lost. Throws as `publishPatiently` does.
 */
export async function storeOnce(link: Link, subject: string, body: string, fields: Fields = {}): Promise<boolean> {
  try {
    await publishPatiently(link, subject, body, { ...fields, [SERVER_HEADERS.expectedLastSubjectSequence]: '0' });
    return true;
  } catch (error) {
    if (isStale((error as Error).cause)) return false;
    throw error;
  }
}

function isStale(error: unknown): boolean {
  return apiCode(error) === API_CODES.wrongLastSequence;
}
