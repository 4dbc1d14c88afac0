import type { ExecutionDetail, ExecutionRow, ExecutionStatus, SagaEffect, WaitsFor } from '@crossdock/api-contract';
import type { BusinessKeys, DoneEffect, JournalSnapshot, Span } from '@crossdock/engine';
import { doubtsOf, type ExecutionRecord, entryName, isTerminal } from '../projector/execution-rows.ts';
import { conceal, concealKey } from './conceal.ts';
import type { Relations } from './execution-relations.ts';

/** A row as the API shows it, masked values hidden. */
export function viewOf(row: ExecutionRecord): ExecutionRow {
  return {
    executionId: row.execution_id,
    flowId: row.flow_id,
    revision: row.revision,
    env: row.env,
    status: row.status as ExecutionStatus,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    durationMs: row.ended_at ? row.ended_at.getTime() - row.started_at.getTime() : null,
    keys: keysView(row.keys),
    ...(row.error ? { error: conceal(row.error) } : {}),
    attempts: row.attempts,
    ...(row.replay_of === null ? {} : { replayOf: row.replay_of }),
    ...(row.parent_id === null ? {} : { parentId: row.parent_id }),
  };
}

/** What the journal or the read model knows of an execution beside its row. */
export interface DetailParts {
  spans: readonly Span[];
  effects?: readonly DoneEffect[] | null | undefined;
  /** Its present journal record, where it has not ended. */
  snapshot?: JournalSnapshot | undefined;
  relations: Relations;
  /** Who stands before it in its lane, where it has not begun. */
  queuedBehind?: string | undefined;
}

export function detailOf(row: ExecutionRecord, parts: DetailParts): ExecutionDetail {
  const { spans, snapshot, relations, queuedBehind } = parts;
  const doubt = snapshot ? doubtsOf(snapshot) : [];
  const waitsFor = snapshot ? waitsOf(snapshot, relations) : [];
  const effects = (parts.effects ?? []).map((effect) => effectView(effect, spans));
  const children = [...relations.children.values()].reduce((sum, { count }) => sum + count, 0);
  return {
    ...viewOf(row),
    spans: conceal([...spans]),
    ...(doubt.length === 0 ? {} : { doubt: conceal(doubt) }),
    ...(waitsFor.length === 0 ? {} : { waitsFor }),
    ...(queuedBehind === undefined ? {} : { queuedBehind }),
    ...(children === 0 ? {} : { children }),
    ...(relations.replays.length === 0 ? {} : { replays: relations.replays }),
    ...(effects.length === 0 ? {} : { effects }),
  };
}

function waitsOf({ status, frontier }: JournalSnapshot, { children }: Relations): WaitsFor[] {
  if (isTerminal(status)) return [];
  return frontier.flatMap(({ nodeId, iteration, dueAt, heldBy, wait }): WaitsFor[] => {
    if (!wait) return dueAt === undefined ? [] : [{ nodeId, iteration, kind: heldBy ?? 'retry', until: dueAt }];
    const until = dueAt === undefined ? {} : { until: dueAt };
    const entry = { nodeId, iteration, kind: wait.kind, ...until };
    if (wait.kind === 'event') {
      const { key, eventType } = wait;
      return [{ ...entry, key: concealKey(key), ...(eventType === undefined ? {} : { eventType }) }];
    }
    if (wait.kind === 'children')
      return [{ ...entry, count: wait.count, done: children.get(entryName({ nodeId, iteration }))?.ended ?? 0 }];
    return [entry];
  });
}

function effectView({ nodeId, iteration, compensate }: DoneEffect, spans: readonly Span[]): SagaEffect {
  const undone = spans.some(
    (span) => span.undoes === nodeId && (span.iteration ?? 0) === iteration && span.status === 'succeeded',
  );
  return { nodeId, iteration, compensate, ...(undone ? { undone } : {}) };
}

/** Business keys as the API shows them, those of masked fields hidden. */
export function keysView(keys: BusinessKeys): Record<string, string | string[]> {
  const view: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(keys)) {
    const [first, ...more] = values.map(concealKey);
    if (first !== undefined) view[name] = more.length === 0 ? first : [first, ...more];
  }
  return view;
}
