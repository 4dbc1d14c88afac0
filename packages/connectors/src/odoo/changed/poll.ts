import { createHash, randomUUID } from 'node:crypto';
import type { Poll, PollContext, PollTrigger } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { OdooConnection } from '../client/odoo-connection.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { serverDomain } from '../values/domain.ts';
import { knownModel } from '../values/known-model.ts';
import { databaseMark } from './database-mark.ts';
import type { OdooChangedConfig, odooChanged } from './manifest.ts';
import { changesAmong, type Position, packPosition, pruned, unpackPosition } from './position.ts';
import { findWritten, type ModelReader, newestWrite, readSeen, whichAreGone } from './read-changes.ts';
import { requireSameHistory } from './same-history.ts';

/** Changes claimed at once. */
const MAX_CHANGES = 1000;

export const pollOdooChanged: PollTrigger<typeof odooChanged> = async (stored, context) => {
  const { connection, client } = await openClient({ ...context, connection: async () => context.connection });
  const { config, now } = context;
  const known = await knownModel(connection, client, config.model);
  if (!('write_date' in known.fields)) throw unchangeable(connection, config.model);
  const domain = serverDomain(await context.evaluate(config.domain), known);
  const reader = { client, known, config, domain };
  const of = JSON.stringify([connection.id, connection.settings.url, connection.settings.database, config.model]);
  const shape = hashOf([domain, config.fields, config.context ?? null]);
  const before = unpackPosition(stored);
  if (before?.of !== of) return firstLook(reader, context, { of, shape });

  const database = await databaseMark(connection, client);
  await requireSameHistory({ connection, reader }, before, database);
  const isWide = now - before.comparedAt >= config.compareEveryMs;
  const from = startOf(before, config.overlapMs + (isWide ? config.compareEveryMs : 0));
  const written = await findWritten(reader, from);
  const owed = before.owed.filter(({ change }) => change === 'written').map(({ id }) => id);
  const seen = await readSeen(reader, written, owed);
  const { claim, settled, changes, more } = changesAmong(
    before,
    { seen, gone: await goneOf(reader, before, isWide), from, shape },
    MAX_CHANGES,
  );
  const also = { ...(isWide && !more ? { comparedAt: now } : {}), ...(database === undefined ? {} : { database }) };
  return {
    claim: packPosition({ ...claim, ...also }),
    settled: packPosition({ ...settled, ...also }),
    arrivals: changes.map(({ id, change, content: record, seq }) => ({
      key: `${before.epoch}.${seq}`,
      payload: { change, model: config.model, id, record },
    })),
    more,
  };
};

/** Remembers what was written shortly before, so that what is committed late can be told from it. */
async function firstLook(
  reader: ModelReader,
  { connection, config, now }: PollContext<OdooChangedConfig>,
  { of, shape }: Pick<Position, 'of' | 'shape'>,
): Promise<Poll> {
  const database = await databaseMark(connection as OdooConnection, reader.client);
  const cursor = await newestWrite(reader);
  const empty: Position = {
    ...{ epoch: randomUUID(), of, shape, seq: 0, comparedAt: now, floor: 0, rows: new Map(), owed: [] },
    ...(cursor === undefined ? {} : { cursor }),
    ...(database === undefined ? {} : { database }),
  };
  const from = startOf(empty, config.overlapMs);
  const seen = await readSeen(reader, await findWritten(reader, from), []);
  const rows = new Map(seen.map(({ id, hash, at }) => [id, { hash, at }] as const));
  const position = packPosition(pruned({ ...empty, floor: from, rows }));
  return { claim: position, settled: position, arrivals: [], more: false };
}

async function goneOf(reader: ModelReader, { rows, owed }: Position, isWide: boolean): Promise<number[]> {
  if (!reader.config.deletions) return [];
  const told = owed.filter(({ change }) => change === 'deleted').map(({ id }) => id);
  return isWide ? whichAreGone(reader, [...told, ...rows.keys()]) : told;
}

/** How far back a look goes; seconds since 1970. */
const startOf = ({ cursor, floor }: Pick<Position, 'cursor' | 'floor'>, backMs: number): number =>
  Math.max(floor, cursor === undefined ? 0 : cursor - Math.ceil(backMs / 1000));

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 8);

function unchangeable(connection: OdooConnection, model: string): FlowError {
  const reason = `${model} keeps no time of its changes, or the user may not see it`;
  return new FlowError('CONFIG_ODOO_CALL', {
    details: { remote: remoteOf(connection), call: `${model}/search`, reason },
  });
}
