import type { Revision } from '@crossdock/api-contract';
import type { Bus } from '@crossdock/bus';
import { FlowError } from '@crossdock/errors';
import { diffFlows, type Flow, flowHash, parseFlow } from '@crossdock/flow-model';
import type { Selectable } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Logger } from '../log.ts';
import { type Database, storableText, type Tables } from '../store/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { flowNotFound, readDraft } from './drafts.ts';
import { hasErrors, issuesOf } from './flow-rules.ts';
import { refuseFailingTests } from './flow-test-runs.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';
import { shownFlow } from './shown-flow.ts';

type RevisionRoutes = 'listRevisions' | 'publishFlow' | 'getRevision' | 'compareRevisions';

export function revisionHandlers(options: ApiOptions): Pick<Handlers, RevisionRoutes> {
  const { db } = options;
  return {
    async listRevisions({ params: { flowId }, query: { limit = DEFAULT_LIMIT, cursor } }) {
      await readDraft(db, flowId);
      const [before] = readCursor(cursor, 1) ?? [];
      let query = db.kysely.selectFrom('revisions').selectAll().where('flow_id', '=', flowId);
      if (before !== undefined) query = query.where('revision', '<', Math.trunc(Number(before)) || 0);
      const rows = await query
        .orderBy('revision', 'desc')
        .limit(limit + 1)
        .execute();
      return { status: 200, body: pageOf(rows.map(revisionOf), limit, ({ revision }) => cursorOf(revision)) };
    },
    async publishFlow({ params: { flowId }, body: { message }, audit: { record, nothing }, ...call }) {
      const author = callerIn(call).name;
      const { revision, published } = await publishRevision(options, { flowId, message, author, record });
      return { status: published ? 201 : 200, body: revision, audited: published ?? nothing() };
    },
    async getRevision({ params: { flowId, revision }, ...call }) {
      const document = await readRevision(db, flowId, revision);
      return { status: 200, body: shownFlow(options, callerIn(call), parseFlow(document)) };
    },
    async compareRevisions({ params: { flowId, revision }, query: { since } }) {
      const [before, after] = await Promise.all([readRevision(db, flowId, since), readRevision(db, flowId, revision)]);
      return { status: 200, body: diffFlows(parseFlow(before), parseFlow(after)) };
    },
  };
}

/**
 * Makes the draft the next revision; the same meaning as the latest gives that one, and nothing is `published`. Throws `FLOW_INVALID` with the issues,
 * `FLOW_TESTS_FAILED` where tests that gate publishing fail, `API_STALE` for a draft saved while they ran, `API_NOT_FOUND`.
 */
export async function publishRevision(
  { db, bus, log }: { db: Database; bus: Bus; log: Logger },
  wanted: { flowId: string; message: string; author: string; record: RecordChange },
): Promise<{ revision: Revision; published: Recorded | undefined }> {
  const tried = await tryDraft(db, wanted.flowId);
  const { row, published } = await db.transaction(async (tx) => {
    const draft = await tx
      .selectFrom('flows')
      .selectAll()
      .where('flow_id', '=', wanted.flowId)
      .forUpdate()
      .executeTakeFirst();
    if (!draft) throw flowNotFound(wanted.flowId);
    if (draft.etag !== tried.etag) throw new FlowError('API_STALE');
    const { flow } = tried;
    const latest = await tx
      .selectFrom('revisions')
      .selectAll()
      .where('flow_id', '=', wanted.flowId)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    const hash = flowHash(flow);
    if (latest?.hash === hash) return { row: latest, published: undefined };
    const added = await tx
      .insertInto('revisions')
      .values({
        flow_id: wanted.flowId,
        revision: (latest?.revision ?? 0) + 1,
        hash,
        document: draft.document,
        message: storableText(wanted.message),
        author: wanted.author,
        created_at: new Date(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const { revision, message } = added;
    return {
      row: added,
      published: await wanted.record({ id: wanted.flowId, after: { revision, message, hash } }, tx),
    };
  });
  // Deploying puts it there too: a bus that is away for a moment need not keep a revision from being made.
  await bus.registry
    .putRevision(row.flow_id, row.revision, parseFlow(row.document))
    .catch((error) =>
      log.warn({ err: error, flowId: row.flow_id, revision: row.revision }, 'a revision is not on the bus yet'),
    );
  return { revision: revisionOf(row), published };
}

/** Looks whether a draft may be published, outside of any transaction: its tests may take their time. */
async function tryDraft(db: Database, flowId: string): Promise<{ flow: Flow; etag: string }> {
  const { document, etag } = await readDraft(db, flowId);
  const flow = parseFlow(document);
  const issues = issuesOf(flow);
  if (hasErrors(issues)) throw new FlowError('FLOW_INVALID', { details: { issues } });
  await refuseFailingTests(flow);
  return { flow, etag };
}

/** The document of a revision, as text. Throws `API_NOT_FOUND`. */
export async function readRevision(
  { kysely }: Pick<Database, 'kysely'>,
  flowId: string,
  revision: number,
): Promise<string> {
  const row = await kysely
    .selectFrom('revisions')
    .select('document')
    .where('flow_id', '=', flowId)
    .where('revision', '=', revision)
    .executeTakeFirst();
  if (!row) throw new FlowError('API_NOT_FOUND', { details: { what: 'revision', id: `${flowId}/${revision}` } });
  return row.document;
}

function revisionOf(row: Selectable<Tables['revisions']>): Revision {
  const { flow_id: flowId, revision, hash, created_at: createdAt, author, message } = row;
  return { flowId, revision, hash, createdAt: createdAt.toISOString(), author, message };
}
