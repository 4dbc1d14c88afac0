import type { XrefChange } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { idText, type LinkedId, proposeLinks } from '@crossdock/xref';
import { sql } from 'kysely';
import type { ApiOptions } from '../api.ts';
import { callerIn } from '../caller-in.ts';
import { readEnvironment } from '../environments/environment-rows.ts';
import type { Handlers } from '../mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf } from '../paging.ts';
import { importXrefs, tryImport } from './import-xrefs.ts';
import { readXrefPlace, recordOf, recordsOfIds, searchXrefs, xrefView } from './xref-rows.ts';

type XrefRoutes =
  | 'listCrossReferences'
  | 'crossReferenceNames'
  | 'linkCrossReference'
  | 'unlinkCrossReference'
  | 'importCrossReferences'
  | 'proposeCrossReferences';

/** Records of one entity that are compared with one another. */
const MAX_COMPARED = 20_000;
const MAX_PROPOSALS = 100;

/** Cross-references: looked up in their searchable view, changed where their truth is. */
export function xrefHandlers({ db, bus }: ApiOptions): Pick<Handlers, XrefRoutes> {
  const { kysely } = db;
  return {
    async listCrossReferences({ params: { env }, query: { limit = DEFAULT_LIMIT, cursor, ...search } }) {
      await readEnvironment(db, env);
      const rows = await searchXrefs(kysely, env, search, { limit: limit + 1, after: readXrefPlace(cursor) });
      const { items, nextCursor } = pageOf(rows, limit, ({ updated_at, record_id }) =>
        cursorOf(updated_at.toISOString(), record_id),
      );
      return { status: 200, body: { items: items.map((row) => xrefView(env, recordOf(row))), nextCursor } };
    },
    async crossReferenceNames({ params: { env } }) {
      await readEnvironment(db, env);
      const items = await kysely
        .selectFrom('xref_ids')
        .select(['entity', 'system', sql<number>`count(*)::int`.as('ids')])
        .where('env', '=', env)
        .groupBy(['entity', 'system'])
        .orderBy('entity')
        .orderBy('system')
        .execute();
      return { status: 200, body: { items, nextCursor: null } };
    },
    async linkCrossReference({ params: { env }, body, audit, ...call }) {
      await readEnvironment(db, env);
      const { entity, several = false, origin = 'person' } = body;
      const said = { origin, by: callerIn(call).name, at: new Date().toISOString() } as const;
      const ids = body.ids.map((id): LinkedId => ({ ...id, ...said }));
      const change = await bus.xrefs.link({ env, entity }, ids, { several });
      const audited = change.isChanged
        ? await audit.record({ env, ...auditedChange(entity, change, ids[0] as LinkedId) })
        : audit.nothing();
      return { status: 200, body: xrefView(env, change.record), audited };
    },
    async unlinkCrossReference({ params: { env }, body: { entity, ...id }, audit }) {
      await readEnvironment(db, env);
      const change = await bus.xrefs.unlink({ env, entity }, id);
      if (!change) throw new FlowError('API_NOT_FOUND', { details: { what: `${entity} of ${id.system}`, id: id.id } });
      const audited = await audit.record({ env, ...auditedChange(entity, change, id) });
      return { status: 200, body: xrefView(env, change.record), audited };
    },
    async importCrossReferences({ params: { env }, body, audit, ...call }) {
      await readEnvironment(db, env);
      const { dryRun = false, ...rest } = body;
      const wanted = { ...rest, by: callerIn(call).name, at: new Date().toISOString() };
      if (dryRun) {
        const find = (ids: readonly string[]) => recordsOfIds(kysely, { env, entity: body.entity }, ids);
        return { status: 200, body: await tryImport(find, wanted), audited: audit.nothing() };
      }
      const report = await importXrefs(bus.xrefs, env, wanted);
      const { problems, ...counts } = report;
      const after = { ...counts, refused: problems.length };
      return { status: 200, body: report, audited: await audit.record({ id: body.entity, env, after }) };
    },
    async proposeCrossReferences({ params: { env }, query: { entity } }) {
      await readEnvironment(db, env);
      const rows = await searchXrefs(kysely, env, { entity }, { limit: MAX_COMPARED });
      const proposals = proposeLinks(rows.map(recordOf), MAX_PROPOSALS);
      const items = proposals.map(({ a, b, confidence, because }) => ({
        ...{ a: xrefView(env, a), b: xrefView(env, b), confidence, because: [...because] },
      }));
      return { status: 200, body: { items, nextCursor: null } };
    },
  };
}

/** What the audit says of a change: what the thing was called before and after. */
const auditedChange = (entity: string, { record, before }: XrefChange, id: { system: string; id: string }) => ({
  id: record.recordId,
  name: `${entity}: ${idText(id)}`,
  before: { ids: before.flatMap(({ ids }) => ids.map(idText)) },
  after: { ids: record.ids.map(idText) },
});
