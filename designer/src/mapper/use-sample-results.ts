import { useEffect, useState } from 'react';
import { useVariables } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { chosenSample, useEditor } from '../editor/store/editor-context.tsx';
import type { SampleResult } from './board/TargetRow.tsx';
import { sampleOutput } from './sample-output.ts';

const EVALUATE_AFTER_MS = 300;
/** More dots tell little that is new. */
const MAX_SAMPLES = 20;

interface SampleResults {
  /** What arrives for the chosen sample. */
  readonly input: { readonly value: unknown } | undefined;
  readonly chosen: SampleResult | undefined;
  /** Of the samples whose input is known. */
  readonly results: readonly SampleResult[];
  /** What it gave for the chosen sample before the last change that made a difference. */
  readonly before: SampleResult | undefined;
}

const NONE: SampleResults = { input: undefined, chosen: undefined, results: [], before: undefined };

/** What a node's mapping gives for each sample of the flow, evaluated here. */
export function useSampleResults(nodeId: string, source: string): SampleResults {
  const flow = useEditor((state) => state.flow);
  const chosen = useEditor(chosenSample);
  const shownRun = useEditor((state) => state.shownRun);
  const { environment } = useEnvironment();
  const vars = useVariables(environment.name).data;
  const [state, setState] = useState(NONE);

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const samples = (flow.samples ?? []).slice(0, MAX_SAMPLES);
      const all = await Promise.all(
        samples.map(async (sample) => {
          const at = { flow, nodeId, env: environment.name, vars: vars ?? {}, shownRun };
          const { input, output } = await sampleOutput(source, sample, at);
          if (!input.known) return undefined;
          const result: SampleResult = { name: sample.name, ...(output?.ok ? { value: { made: output.value } } : {}) };
          return { sample, input: { value: input.input }, result };
        }),
      );
      if (!isCurrent) return;
      const known = all.filter((each) => each !== undefined);
      const own = known.find(({ sample }) => sample === chosen);
      setState((last) => ({
        input: own?.input,
        chosen: own?.result,
        results: known.map(({ result }) => result),
        before: beforeOf(last, own?.result),
      }));
    }, EVALUATE_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [flow, nodeId, source, chosen, vars, shownRun, environment.name]);

  return state;
}

/** Another sample has no before; a mapping that fails, or gives the same, leaves it. */
function beforeOf({ chosen, before }: SampleResults, now: SampleResult | undefined): SampleResult | undefined {
  if (!chosen || !now || chosen.name !== now.name) return undefined;
  if (!now.value || JSON.stringify(chosen.value) === JSON.stringify(now.value)) return before;
  return chosen.value ? chosen : before;
}
