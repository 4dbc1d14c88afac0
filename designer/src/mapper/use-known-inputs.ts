import type { Flow, Sample } from '@crossdock/flow-model';
import { useEffect, useState } from 'react';
import { useVariables } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { type KnownInput, knownInput } from '../editor/store/known-input.ts';

const COMPUTE_AFTER_MS = 400;
/** More tell little that is new, and each has the mappings before the node evaluated. */
const MAX_SAMPLES = 20;

/** What arrives at a node for a sample. */
export interface SampleInput {
  readonly sample: Sample;
  readonly input: KnownInput;
}

/** What arrives at a node of a flow, as it was when this was computed. */
export interface KnownInputs {
  readonly flow: Flow;
  readonly inputs: readonly SampleInput[];
}

/** What arrives at a node for each sample of the flow; nothing until it is computed for this node. */
export function useKnownInputs(nodeId: string): KnownInputs | undefined {
  const flow = useEditor((state) => state.flow);
  const shownRun = useEditor((state) => state.shownRun);
  const { environment } = useEnvironment();
  const vars = useVariables(environment.name).data;
  const [state, setState] = useState<{ nodeId: string; known: KnownInputs }>();

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const samples = (flow.samples ?? []).slice(0, MAX_SAMPLES);
      const inputs = await Promise.all(
        samples.map(async (sample) => ({
          sample,
          input: await knownInput(flow, nodeId, sample, vars ?? {}, shownRun),
        })),
      );
      if (isCurrent) setState({ nodeId, known: { flow, inputs } });
    }, COMPUTE_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [flow, nodeId, vars, shownRun]);

  return state?.nodeId === nodeId ? state.known : undefined;
}
