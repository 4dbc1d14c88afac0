import { reasonOf } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';

/** What a text means, or why it means nothing: sentences for the person who wrote it. */
export type Read<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** JSON read as a hook reads it: numbers too long for a double stay text. */
export function readJson(text: string): Read {
  try {
    return { ok: true, value: parsePayload(text) };
  } catch (error) {
    return { ok: false, problems: [reasonOf(error)] };
  }
}

/** JSON as people edit it. */
export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);
