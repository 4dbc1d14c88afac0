import type { Span } from '@crossdock/engine';
import { sql, type Transaction } from 'kysely';
import { addToSlots } from '../health/roll-up.ts';
import {
  arrayOf,
  type ColumnTypes,
  type Database,
  insertRows,
  storableJson,
  storableText,
  type Tables,
} from '../store/index.ts';
import type { Batch } from './batch.ts';
import { endedIn } from './ended-in.ts';
import { type ExecutionRecord, MAX_KEY_LENGTH } from './execution-rows.ts';

const EXECUTION: ColumnTypes<'executions'> = {
  execution_id: 'uuid',
  flow_id: 'text',
  revision: 'int4',
  env: 'text',
  status: 'text',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  keys: 'jsonb',
  error: 'jsonb',
  attempts: 'int4',
  replay_of: 'text',
  parent_id: 'text',
  parent_entry: 'text',
  trigger_seq: 'float8',
  write: 'int4',
};
const KEY: ColumnTypes<'execution_keys'> = { execution_id: 'uuid', name: 'text', value: 'text' };
const SPANS: ColumnTypes<'spans'> = { execution_id: 'uuid', spans: 'json', effects: 'json' };
const PAYLOAD: ColumnTypes<'payloads'> = {
  execution_id: 'uuid',
  pack: 'uuid',
  env: 'text',
  entries: 'text',
  content: 'bytea',
  encoding: 'text',
  stored_at: 'timestamptz',
};

/** Writes a batch in one transaction; writing it again changes nothing. Gives the executions that are news. */
export async function writeBatch(db: Database, batch: Batch): Promise<ExecutionRecord[]> {
  return db.transaction(async (tx) => {
    // What refers to an execution is written with it here: asking for it row by row costs as much as writing the row.
    if (db.isEmbedded) await sql`set local session_replication_role = replica`.execute(tx);
    const { changed, added, known } = await writeExecutions(tx, batch.executions);
    await writeKeys(tx, added);
    await addToSlots(tx, endedIn({ changed, parts: batch.parts, before: await spansOf(tx, known) }));
    await writeSpans(tx, changed, batch.parts);
    await writeDoubts(tx, { changed, known, parts: batch.parts });
    await writePayloads(tx, batch.payloads);
    await writeDeadLetters(tx, batch.deadLetters);
    await writeRefusals(tx, batch.refusals);
    await markReplayed(tx, { letters: batch.deadLetters, added });
    return changed;
  });
}

async function writeExecutions(tx: Transaction<Tables>, rows: readonly ExecutionRecord[]) {
  if (rows.length === 0) return { changed: [], added: [], known: [] };
  const stored = rows.map((row) => ({
    ...row,
    keys: storableJson(row.keys),
    error: row.error && storableJson(row.error),
  }));
  const written = await insertRows(tx, 'executions', EXECUTION, stored)
    .onConflict((conflict) =>
      conflict
        .column('execution_id')
        .doUpdateSet((eb) => ({
          status: eb.ref('excluded.status'),
          ended_at: eb.ref('excluded.ended_at'),
          error: eb.ref('excluded.error'),
          attempts: eb.ref('excluded.attempts'),
          write: eb.ref('excluded.write'),
        }))
        .whereRef('excluded.write', '>', 'executions.write'),
    )
    // A row that an insert made has no transaction that locked or replaced it.
    .returning(['execution_id', sql<boolean>`xmax = 0`.as('is_new')])
    .execute();
  const isNew = new Map(written.map(({ execution_id, is_new }) => [execution_id, is_new]));
  return {
    changed: rows.filter(({ execution_id }) => isNew.has(execution_id)),
    added: rows.filter(({ execution_id }) => isNew.get(execution_id)),
    /** Changed, and there before: their ids. */
    known: written.filter(({ is_new }) => !is_new).map(({ execution_id }) => execution_id),
  };
}

/** Of those of which the read model has had a snapshot, not the trigger alone. */
async function spansOf(tx: Transaction<Tables>, ids: readonly string[]): Promise<Map<string, Span[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('spans')
    .select(['execution_id', 'spans'])
    .where(sql<boolean>`execution_id = any(${arrayOf(ids, 'uuid')})`)
    .execute();
  return new Map(rows.map(({ execution_id, spans }) => [execution_id, spans]));
}

async function writeKeys(tx: Transaction<Tables>, rows: readonly ExecutionRecord[]): Promise<void> {
  const keys = rows.flatMap(({ execution_id, keys: named }) =>
    Object.entries(named).flatMap(([name, values]) =>
      values.map((value) => ({
        execution_id,
        name: storableText(name),
        value: storableText(value, MAX_KEY_LENGTH),
      })),
    ),
  );
  if (keys.length > 0) await insertRows(tx, 'execution_keys', KEY, keys).execute();
}

async function writeSpans(
  tx: Transaction<Tables>,
  changed: readonly ExecutionRecord[],
  parts: Batch['parts'],
): Promise<void> {
  const rows = changed.flatMap(({ execution_id }) => {
    const own = parts.get(execution_id);
    if (!own) return [];
    return [{ execution_id, spans: storableJson(own.spans), effects: own.effects ? storableJson(own.effects) : null }];
  });
  if (rows.length === 0) return;
  await insertRows(tx, 'spans', SPANS, rows)
    .onConflict((conflict) =>
      conflict
        .column('execution_id')
        .doUpdateSet((eb) => ({ spans: eb.ref('excluded.spans'), effects: eb.ref('excluded.effects') })),
    )
    .execute();
}

/** The doubts of a snapshot replace those of the one before. */
async function writeDoubts(
  tx: Transaction<Tables>,
  { changed, known, parts }: { changed: readonly ExecutionRecord[]; known: readonly string[] } & Pick<Batch, 'parts'>,
): Promise<void> {
  if (known.length > 0)
    await tx
      .deleteFrom('in_doubt')
      .where(sql<boolean>`execution_id = any(${arrayOf(known, 'uuid')})`)
      .execute();
  const rows = changed.flatMap(({ execution_id, flow_id, revision, env }) =>
    (parts.get(execution_id)?.doubts ?? []).map((doubt) => ({
      ...{ execution_id, flow_id, revision, env },
      node_id: storableText(doubt.nodeId),
      iteration: doubt.iteration,
      since: new Date(doubt.since),
      attempt: doubt.attempt,
      input_ref: storableText(doubt.inputRef),
      error: doubt.error ? storableJson(doubt.error) : null,
    })),
  );
  if (rows.length > 0) await tx.insertInto('in_doubt').values(rows).execute();
}

async function writePayloads(tx: Transaction<Tables>, rows: Batch['payloads']): Promise<void> {
  if (rows.length === 0) return;
  await insertRows(tx, 'payloads', PAYLOAD, rows)
    .onConflict((conflict) => conflict.columns(['execution_id', 'pack']).doNothing())
    .execute();
}

async function writeDeadLetters(tx: Transaction<Tables>, letters: Batch['deadLetters']): Promise<void> {
  if (letters.length === 0) return;
  const rows = letters.map((letter) => ({
    execution_id: letter.executionId,
    flow_id: letter.flowId,
    revision: letter.revision,
    env: letter.env,
    node_id: letter.nodeId ?? null,
    error: storableJson(letter.error),
    attempts: letter.attempts,
    trigger_seq: letter.triggerSeq,
    failed_at: new Date(letter.failedAt),
  }));
  await tx
    .insertInto('dead_letters')
    .values(rows)
    .onConflict((conflict) => conflict.column('execution_id').doNothing())
    .execute();
}

/** Counts only grow: one that comes again, or late, changes nothing. */
async function writeRefusals(tx: Transaction<Tables>, refusals: Batch['refusals']): Promise<void> {
  if (refusals.length === 0) return;
  await tx
    .insertInto('hook_refusals')
    .values(
      refusals.map(({ minute, flowId: flow_id, nodeId: node_id, env, reason, source, count }) => ({
        ...{ minute: new Date(minute), env, flow_id, node_id: storableText(node_id), reason, source, count },
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['env', 'minute', 'flow_id', 'node_id', 'reason', 'source'])
        .doUpdateSet({ count: sql`greatest(hook_refusals.count, excluded.count)` }),
    )
    .execute();
}

/** A dead letter names its newest replay, whichever of the two comes first. */
async function markReplayed(
  tx: Transaction<Tables>,
  { letters, added }: { letters: Batch['deadLetters']; added: readonly ExecutionRecord[] },
): Promise<void> {
  const replayed = added.flatMap(({ replay_of }) => (replay_of === null ? [] : [replay_of]));
  const ids = [...new Set([...replayed, ...letters.map(({ executionId }) => executionId)])].sort();
  if (ids.length === 0) return;
  await sql`update dead_letters set replayed_by = newest.execution_id::text, replayed_at = newest.started_at
    from (select distinct on (replay_of) replay_of, execution_id, started_at from executions
      where replay_of = any(${ids}::text[]) order by replay_of, started_at desc, execution_id desc) newest
    where dead_letters.execution_id = newest.replay_of::uuid`.execute(tx);
}
