import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDraft } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { type Flow, flowHash, parseFlow, serialiseFlow } from '@crossdock/flow-model';
import type { Selectable } from 'kysely';
import type { RecordChange, Recorded } from '../audit/index.ts';
import { type Database, storableJson, storableText, type Tables } from '../store/index.ts';
import { issuesOf } from './flow-rules.ts';

export type DraftRow = Selectable<Tables['flows']>;

/** A flow document as the row of its draft. */
export function draftRowOf(flow: Flow, by: string) {
  const document = serialiseFlow(flow);
  return {
    flow_id: flow.id,
    name: storableText(flow.name),
    description: storableText(flow.description ?? ''),
    document,
    etag: createHash('sha256').update(document).digest('hex').slice(0, 32),
    hash: flowHash(flow),
    issues: issuesOf(flow).filter(({ severity }) => severity === 'error').length,
    node_types: storableJson([...new Set(flow.nodes.map(({ type }) => type))]),
    updated_at: new Date(),
    updated_by: by,
  };
}

/** Throws `API_CONFLICT` when there is a flow of this id. */
export async function insertDraft(
  db: Database,
  { flow, by, record }: { flow: Flow; by: string; record: RecordChange },
): Promise<{ row: DraftRow; audited: Recorded }> {
  return db.transaction(async (tx) => {
    const row = await tx
      .insertInto('flows')
      .values(draftRowOf(flow, by))
      .onConflict((conflict) => conflict.column('flow_id').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new FlowError('API_CONFLICT', { details: { what: `the flow "${flow.id}"` } });
    return { row, audited: await record({ id: flow.id, after: auditViewOf(flow) }, tx) };
  });
}

/** A flow as the audit keeps it: without its layout, and without what its samples and tests hold. */
export function auditViewOf({ layout: _layout, samples, tests, ...flow }: Flow): unknown {
  return {
    ...flow,
    ...(samples === undefined ? {} : { samples: samples.map(({ name }) => name) }),
    ...(tests === undefined ? {} : { tests: tests.map(({ name }) => name) }),
  };
}

/** Throws `API_NOT_FOUND`. */
export async function readDraft(db: Database, flowId: string): Promise<DraftRow> {
  const row = await db.kysely.selectFrom('flows').selectAll().where('flow_id', '=', flowId).executeTakeFirst();
  if (!row) throw flowNotFound(flowId);
  return row;
}

export function flowNotFound(flowId: string): FlowError {
  return new FlowError('API_NOT_FOUND', { details: { what: 'flow', id: flowId } });
}

/** The draft as the API shows it; says when the file in `flowsDir` is another. */
export async function draftOf(row: DraftRow, flowsDir: string): Promise<FlowDraft> {
  const path = join(row.flow_id, 'flow.json');
  const file = await readFile(join(flowsDir, path), 'utf8').catch(() => undefined);
  return {
    flow: parseFlow(row.document),
    etag: row.etag,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
    ...(file === undefined || file === row.document ? {} : { file: { path: `flows/${path}`, differs: true } }),
  };
}
