import { FlowError } from '@crossdock/errors';
import { type StatusEntry, statusMapProblems } from '@crossdock/orders';
import { storableJson } from '../../store/index.ts';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import { lockEnvironment, readEnvironment } from '../environments/environment-rows.ts';
import type { Handlers } from '../mount.ts';
import { settleMapped } from './settle-mapped.ts';
import { publishedMaps, readStatusMaps } from './status-map-rows.ts';
import { readUnmapped } from './unmapped-statuses.ts';

type StatusRoutes = 'listStatusMaps' | 'putStatusMap' | 'listUnmappedStatuses';

/** What the statuses of systems mean, by environment. */
export function statusHandlers({ db, bus }: ApiOptions): Pick<Handlers, StatusRoutes> {
  const { kysely } = db;
  return {
    async listStatusMaps({ params: { env } }) {
      await readEnvironment(db, env);
      return { status: 200, body: { items: await readStatusMaps(kysely, env), nextCursor: null } };
    },
    async putStatusMap({ params: { env, system }, body: { version, entries }, audit, ...call }) {
      refuseProblems(entries);
      const by = callerIn(call).name;
      const saved = await db.transaction(async (tx) => {
        await lockEnvironment(tx, env);
        const before = (await readStatusMaps(tx, env)).find((one) => one.system === system);
        if ((before?.version ?? 0) !== version) throw new FlowError('API_STALE');
        const row = { env, system, version: version + 1, updated_at: new Date(), updated_by: by };
        await tx
          .insertInto('status_maps')
          .values({ ...row, entries: storableJson(entries) })
          .execute();
        const sides = { before: before ? meanings(before.entries) : {}, after: meanings(entries) };
        const audited = await audit.record({ id: system, env, ...sides }, tx);
        await bus.registry.putStatusMaps(env, await publishedMaps(tx, env));
        const { updated_at, updated_by } = row;
        const changed = { updatedAt: updated_at.toISOString(), updatedBy: updated_by };
        return { status: 200 as const, body: { system, version: row.version, entries, ...changed }, audited };
      });
      await settleMapped({ db, bus }, { env, system, entries, by });
      return saved;
    },
    async listUnmappedStatuses({ params: { env } }) {
      await readEnvironment(db, env);
      return { status: 200, body: { items: await readUnmapped(kysely, env), nextCursor: null } };
    },
  };
}

function refuseProblems(entries: readonly StatusEntry[]): void {
  const [problem] = statusMapProblems(entries);
  if (!problem) return;
  const path = `body field "entries/${problem.at}"`;
  throw new FlowError('API_BAD_REQUEST', { details: { path, reason: `cannot be taken: ${problem.message}` } });
}

/** By document and status, so that the audit shows what changed. */
const meanings = (entries: readonly StatusEntry[]): Record<string, string> =>
  Object.fromEntries(
    entries.map(({ document, status, event }) => [
      document === '' ? status : `${document} ${status}`,
      event ?? 'nothing',
    ]),
  );
