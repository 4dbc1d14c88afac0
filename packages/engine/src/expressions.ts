import type { RunMeta } from '@crossdock/connector-sdk';
import { compileMapping } from '@crossdock/mapping';
import type { Core } from './core.ts';
import { type Execution, TRIGGER_REF } from './execution.ts';
import type { FrontierEntry } from './records.ts';

/** Evaluates a mapping on `input` with `$trigger`, `$nodes`, `$vars` and `$meta` bound. */
export type Evaluate = (source: string, input: unknown) => Promise<unknown>;

export function metaOf(execution: Execution, entry: FrontierEntry): RunMeta {
  const { executionId, flowId, revision, env, trigger } = execution.snapshot;
  const { receivedAt, headers, keys } = trigger;
  return {
    executionId,
    flowId,
    revision,
    env,
    nodeId: entry.nodeId,
    attempt: entry.attempts + 1,
    receivedAt,
    headers,
    key: keys,
  };
}

/**
 * The evaluator of one attempt. `$now`, `$millis` and `$random` are the same in every attempt and on every worker, as the
 * idempotency key promises the target one call: time is the moment of acceptance, chance comes from execution, node and iteration.
 */
export function createEvaluate(core: Core, execution: Execution, entry: FrontierEntry, meta: RunMeta): Evaluate {
  const bindings = {
    trigger: execution.payloads.get(TRIGGER_REF),
    nodes: nodeOutputs(execution),
    vars: core.ports.flows.variables(execution.address.env),
    meta,
  };
  const { executionId, trigger } = execution.snapshot;
  const clock = { nowMs: Date.parse(trigger.receivedAt), seed: `${executionId}/${entry.nodeId}/${entry.iteration}` };
  return async (source, input) => compileMapping(source).evaluate(input, bindings, clock);
}

function nodeOutputs({ snapshot, payloads }: Execution): Record<string, unknown> {
  return Object.fromEntries(Object.entries(snapshot.nodeOutputs).map(([nodeId, ref]) => [nodeId, payloads.get(ref)]));
}
