import { FlowError } from '@crossdock/errors';
import { UUID } from './execution-id.ts';

/** Writes where the next page starts: opaque to callers. */
export function cursorOf(...parts: (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor of `count` parts back. Throws `API_BAD_REQUEST` for what `cursorOf` never wrote. */
export function readCursor(cursor: string | undefined, count: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === count) return parts.map(String);
  } catch {
    // Falls through to the refusal that anything else gets.
  }
  throw unknownCursor();
}

export function unknownCursor(): FlowError {
  return new FlowError('API_BAD_REQUEST', {
    details: { path: 'query parameter "cursor"', reason: 'is none that a list answered' },
  });
}

/**
 * Reads the cursor of a list of executions in the order of a time: where it stands by time and id. Throws `API_BAD_REQUEST` for what is none.
 */
export function readPlace(cursor: string | undefined): { at: Date; executionId: string } | undefined {
  const [time, executionId] = readCursor(cursor, 2) ?? [];
  if (time === undefined || executionId === undefined) return undefined;
  const at = new Date(time);
  if (!UUID.test(executionId) || Number.isNaN(at.getTime())) throw unknownCursor();
  return { at, executionId };
}

/** A page of rows of which one more than `limit` was read, to know whether another page follows. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursor: (last: T) => string,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null };
}

export const DEFAULT_LIMIT = 50;
