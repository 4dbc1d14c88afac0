import type { FlowRow } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type Flow, parseFlow, serialiseFlow } from '@crossdock/flow-model';
import { sql } from 'kysely';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { auditViewOf, draftOf, draftRowOf, flowNotFound, insertDraft, readDraft } from './drafts.ts';
import { issuesOf } from './flow-rules.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';
import { DEFAULT_HITS, searchDrafts } from './search-drafts.ts';
import { shownFlow } from './shown-flow.ts';

type FlowRoutes =
  | 'listFlows'
  | 'searchFlows'
  | 'createFlow'
  | 'getFlow'
  | 'saveFlow'
  | 'deleteFlow'
  | 'exportFlow'
  | 'validateFlow';

export function flowHandlers(options: ApiOptions): Pick<Handlers, FlowRoutes> {
  const { db, events, flowsDir } = options;
  return {
    async listFlows({ query: { limit = DEFAULT_LIMIT, cursor, q } }) {
      const [after] = readCursor(cursor, 1) ?? [];
      const rows = await readFlowRows(options, { limit: limit + 1, after, q });
      return { status: 200, body: pageOf(rows, limit, ({ id }) => cursorOf(id)) };
    },
    searchFlows: async ({ body: { q, limit = DEFAULT_HITS } }) => ({
      status: 200,
      body: await searchDrafts(db.kysely, q, limit),
    }),
    async createFlow({ text, audit: { record }, ...call }) {
      const by = callerIn(call).name;
      const { row, audited } = await insertDraft(db, { flow: parseFlow(text), by, record });
      events.emit({ kind: 'flow', data: { flowId: row.flow_id, etag: row.etag, updatedBy: by } });
      const headers = { etag: quoted(row.etag), location: `/api/v1/flows/${row.flow_id}` };
      return { status: 201, body: await draftOf(row, flowsDir), headers, audited };
    },
    async getFlow({ params, ...call }) {
      const row = await readDraft(db, params.flowId);
      const draft = await draftOf(row, flowsDir);
      return {
        status: 200,
        body: { ...draft, flow: shownFlow(options, callerIn(call), draft.flow) },
        headers: { etag: quoted(row.etag) },
      };
    },
    async saveFlow({ params: { flowId }, text, request, audit, ...call }) {
      const by = callerIn(call).name;
      const expected = etagsIn(request.headers['if-match']);
      const flow = parseFlow(text);
      refuseOtherId(flow, flowId);
      const { row, audited } = await db.transaction(async (tx) => {
        const old = await tx
          .selectFrom('flows')
          .selectAll()
          .where('flow_id', '=', flowId)
          .forUpdate()
          .executeTakeFirst();
        if (!old) throw flowNotFound(flowId);
        if (expected !== 'any' && !expected.includes(old.etag)) throw new FlowError('API_STALE');
        const row = await tx
          .updateTable('flows')
          .set(draftRowOf(flow, by))
          .where('flow_id', '=', flowId)
          .returningAll()
          .executeTakeFirstOrThrow();
        const [before, after] = [auditViewOf(parseFlow(old.document)), auditViewOf(flow)];
        const isSame = old.document === row.document;
        return { row, audited: isSame ? audit.nothing() : await audit.record({ id: flowId, before, after }, tx) };
      });
      events.emit({ kind: 'flow', data: { flowId, etag: row.etag, updatedBy: by } });
      return { status: 200, body: await draftOf(row, flowsDir), headers: { etag: quoted(row.etag) }, audited };
    },
    async deleteFlow({ params: { flowId }, audit, ...call }) {
      const audited = await db.transaction(async (tx) => {
        await tx.selectFrom('flows').select('flow_id').where('flow_id', '=', flowId).forUpdate().execute();
        const active = await tx
          .selectFrom('deployments')
          .select('env')
          .where('flow_id', '=', flowId)
          .where('status', '=', 'active')
          .orderBy('env')
          .execute();
        const reason = `it is deployed to ${active.map(({ env }) => env).join(', ')}`;
        if (active.length > 0) throw new FlowError('API_IN_USE', { details: { what: 'flow', id: flowId, reason } });
        const gone = await tx
          .deleteFrom('flows')
          .where('flow_id', '=', flowId)
          .returning('document')
          .executeTakeFirst();
        if (!gone) throw flowNotFound(flowId);
        return audit.record({ id: flowId, before: auditViewOf(parseFlow(gone.document)) }, tx);
      });
      events.emit({ kind: 'flow', data: { flowId, etag: null, updatedBy: callerIn(call).name } });
      return { status: 204, body: null, audited };
    },
    async exportFlow({ params: { flowId }, response, ...call }) {
      const { document } = await readDraft(db, flowId);
      const flow = parseFlow(document);
      const shown = shownFlow(options, callerIn(call), flow);
      response.setHeader('content-disposition', `attachment; filename="${flowId}.json"`);
      response.type('application/json').send(shown === flow ? document : serialiseFlow(shown));
      return 'sent';
    },
    async validateFlow({ params: { flowId }, body }) {
      const document = body === undefined ? parseFlow((await readDraft(db, flowId)).document) : body;
      return { status: 200, body: { issues: issuesOf(document) } };
    },
  };
}

async function readFlowRows(
  { db: { kysely } }: ApiOptions,
  { limit, after, q }: { limit: number; after: string | undefined; q: string | undefined },
): Promise<FlowRow[]> {
  let query = kysely
    .selectFrom('flows')
    .leftJoin(
      (from) =>
        from
          .selectFrom('revisions')
          .distinctOn('flow_id')
          .select(['flow_id as revised', 'revision', 'hash as revision_hash'])
          .orderBy('flow_id')
          .orderBy('revision', 'desc')
          .as('latest'),
      (join) => join.onRef('latest.revised', '=', 'flows.flow_id'),
    )
    .select([
      'flows.flow_id',
      'name',
      'description',
      'etag',
      'hash',
      'issues',
      'node_types',
      'updated_at',
      'updated_by',
    ])
    .select(['latest.revision', 'latest.revision_hash'])
    .orderBy('flows.flow_id')
    .limit(limit);
  if (after !== undefined) query = query.where('flows.flow_id', '>', after);
  if (q !== undefined && q !== '') {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([eb('flows.flow_id', 'ilike', like), eb('name', 'ilike', like), eb('description', 'ilike', like)]),
    );
  }
  const rows = await query.execute();
  const active = await kysely
    .selectFrom('deployments')
    .innerJoin('environments', 'environments.name', 'deployments.env')
    .select(['flow_id', 'env', 'revision'])
    .where('status', '=', 'active')
    .where('flow_id', '=', sql<string>`any(${rows.map(({ flow_id }) => flow_id)}::text[])`)
    .orderBy('environments.position')
    .execute();
  return rows.map((row) => ({
    id: row.flow_id,
    name: row.name,
    description: row.description,
    etag: row.etag,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
    nodeTypes: row.node_types,
    issues: row.issues,
    latestRevision: row.revision,
    unpublished: row.hash !== row.revision_hash,
    deployments: active
      .filter(({ flow_id }) => flow_id === row.flow_id)
      .map(({ env, revision }) => ({ env, revision })),
  }));
}

function refuseOtherId(flow: Flow, flowId: string): void {
  if (flow.id === flowId) return;
  const reason = `is "${flow.id}", the address says "${flowId}"; a flow keeps its id`;
  throw new FlowError('API_BAD_REQUEST', { details: { path: 'field "id"', reason } });
}

function quoted(etag: string): string {
  return `"${etag}"`;
}

/** The etags of an `If-Match` header (RFC 9110 §13.1.1), with quotes or without. */
function etagsIn(header: string | undefined): string[] | 'any' {
  if (header === undefined || header.trim() === '') throw new FlowError('API_PRECONDITION_MISSING');
  if (header.trim() === '*') return 'any';
  return header.split(',').map((part) =>
    part
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
}
