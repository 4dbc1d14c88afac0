import type { Flow, Sample } from '@crossdock/flow-model';
import type { ShownRun } from '../editor/store/editor-store.ts';
import { type KnownInput, knownInput } from '../editor/store/known-input.ts';
import { evaluateMapping, type Output } from './live-output.ts';

/** What stands around a mapping that is tried out. */
export interface TriedAt {
  readonly flow: Flow;
  readonly nodeId: string;
  readonly env: string;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly shownRun: ShownRun | undefined;
}

/** What arrives at a node for a sample, and what a mapping there makes of it; no output where that is not known, or nothing is written. */
export async function sampleOutput(
  source: string,
  sample: Sample,
  { flow, nodeId, env, vars, shownRun }: TriedAt,
): Promise<{ input: KnownInput; output?: Output }> {
  const input = await knownInput(flow, nodeId, sample, vars, shownRun);
  if (!input.known || source.trim() === '') return { input };
  const output = await evaluateMapping(source, input.input, {
    trigger: sample.payload,
    nodes: input.outputs,
    vars,
    meta: { flowId: flow.id, nodeId, env, attempt: 1, headers: sample.headers ?? {} },
  });
  return { input, output };
}
