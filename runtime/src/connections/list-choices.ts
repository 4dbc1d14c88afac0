import type { PublishedConnection } from '@crossdock/bus';
import type { Choice, ChoicesAsked, HttpPort } from '@crossdock/connector-sdk';
import { connectionChoicesByType } from '@crossdock/connectors/runners';
import { FlowError } from '@crossdock/errors';
import type { KeyRing } from '../vault/index.ts';
import type { ConnectionMemories } from './connection-memories.ts';
import { openConnection } from './open-connections.ts';

const TIMEOUT_MS = 15_000;
const KNOWN_FOR_MS = 60_000;

/**
 * What the other side lets a setting be chosen from; remembered for a minute with the connection. Throws `API_BAD_REQUEST` for a type of which
 * nothing can be listed, and what went wrong at the other side.
 */
export async function listChoices(
  published: PublishedConnection,
  asked: ChoicesAsked,
  { keyRing, http, memories }: { keyRing: KeyRing; http: HttpPort; memories: ConnectionMemories },
): Promise<readonly Choice[]> {
  const list = connectionChoicesByType.get(published.type);
  if (!list) {
    const reason = `is a connection of type "${published.type}", of which nothing can be listed`;
    throw new FlowError('API_BAD_REQUEST', { details: { path: `"${published.name}"`, reason } });
  }
  const connection = openConnection(published, keyRing, memories);
  const place = `choices ${asked.of} ${asked.within}`;
  const known = connection.memory.get(place) as { at: number; choices: readonly Choice[] } | undefined;
  if (known && performance.now() - known.at < KNOWN_FOR_MS) return known.choices;
  const choices = await list(asked, connection, { http, signal: AbortSignal.timeout(TIMEOUT_MS) });
  connection.memory.set(place, { at: performance.now(), choices });
  return choices;
}
