import { setTimeout as sleep } from 'node:timers/promises';
import { FlowError } from '@crossdock/errors';

/** What execution ids look like; the first digit of the third group is the version (RFC 9562 §4.2). */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An execution that was accepted so short a time ago may show nowhere yet. */
const JUST_ACCEPTED_MS = 10_000;
const PATIENCE_MS = 2_000;
const POLL_MS = 100;

/** What `read` finds of an execution, waiting a moment for one accepted just now. Throws `API_NOT_FOUND`. */
export async function findExecution<T>(
  executionId: string,
  signal: AbortSignal,
  read: (executionId: string) => Promise<T | undefined>,
): Promise<T> {
  if (!UUID.test(executionId)) throw executionNotFound(executionId);
  const patientUntil = isJustAccepted(executionId) ? Date.now() + PATIENCE_MS : 0;
  for (;;) {
    const found = await read(executionId);
    if (found !== undefined) return found;
    if (Date.now() >= patientUntil) throw executionNotFound(executionId);
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** UUIDv7 begins with 48 bits of milliseconds since 1970 (RFC 9562 §5.7). */
function isJustAccepted(executionId: string): boolean {
  if (UUID.exec(executionId)?.[1] !== '7') return false;
  const acceptedAt = Number.parseInt(executionId.replaceAll('-', '').slice(0, 12), 16);
  return Math.abs(Date.now() - acceptedAt) < JUST_ACCEPTED_MS;
}

export function executionNotFound(executionId: string): FlowError {
  return new FlowError('API_NOT_FOUND', { details: { what: 'execution', id: executionId } });
}
