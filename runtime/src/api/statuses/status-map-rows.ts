import type { StatusMap } from '@crossdock/api-contract';
import type { PublishedStatusMaps } from '@crossdock/bus';
import { DEFAULT_STATUS_MAPS } from '@crossdock/orders';
import type { Kysely } from 'kysely';
import { statusMapIn } from '../../statuses/index.ts';
import type { Tables } from '../../store/index.ts';

/** The map in force of each system that somebody has changed. */
export async function changedMaps(kysely: Kysely<Tables>, env: string) {
  return kysely
    .selectFrom('status_maps')
    .selectAll()
    .distinctOn('system')
    .where('env', '=', env)
    .orderBy('system')
    .orderBy('version', 'desc')
    .execute();
}

/** As workers read them. */
export async function publishedMaps(kysely: Kysely<Tables>, env: string): Promise<PublishedStatusMaps> {
  const rows = await changedMaps(kysely, env);
  return Object.fromEntries(rows.map(({ system, version, entries }) => [system, { version, entries }]));
}

/** Every map of an environment: those that Crossdock comes with, and those that somebody made. */
export async function readStatusMaps(kysely: Kysely<Tables>, env: string): Promise<StatusMap[]> {
  const rows = await changedMaps(kysely, env);
  const published = Object.fromEntries(rows.map((row) => [row.system, row]));
  const systems = new Set([...Object.keys(DEFAULT_STATUS_MAPS), ...rows.map(({ system }) => system)]);
  return [...systems].toSorted().map((system) => {
    const { version, entries } = statusMapIn(published, system);
    const row = published[system];
    const changed = row && { updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by };
    return { system, version, entries: entries.map((entry) => ({ ...entry })), ...changed };
  });
}
