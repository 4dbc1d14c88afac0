import type { ExecutionDetail, ExecutionRow, ExecutionStatus, Span } from '@crossdock/api-contract';
import type { BusinessKeys, JournalSnapshot } from '@crossdock/engine';
import { type ExecutionRecord, rowOfSnapshot } from '../projector/execution-rows.ts';
import { conceal, concealKey } from './conceal.ts';

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
  };
}

export function detailOf(row: ExecutionRecord, spans: readonly Span[]): ExecutionDetail {
  return { ...viewOf(row), spans: conceal([...spans]) };
}

/** An execution that the read model does not show yet, from its journal. */
export function detailOfSnapshot(snapshot: JournalSnapshot): ExecutionDetail {
  return detailOf(rowOfSnapshot(snapshot), snapshot.spans);
}

function keysView(keys: BusinessKeys): Record<string, string | string[]> {
  const view: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(keys)) {
    const [first, ...more] = values.map(concealKey);
    if (first !== undefined) view[name] = more.length === 0 ? first : [first, ...more];
  }
  return view;
}
