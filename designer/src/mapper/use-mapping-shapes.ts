import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { MappingShapes } from '@crossdock/mapping';
import { useEffect, useMemo, useState } from 'react';
import { useVariables, useXrefNames } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { knownInput } from '../editor/store/known-input.ts';
import { shapesAtNode } from './shapes-at-node.ts';

const INFER_AFTER_MS = 400;
/** More tell little that is new, and each has the mappings before the node evaluated. */
const MAX_SAMPLES = 20;

/** What is known of the values around a node's mappings, from all samples, the last run, variables and the schema behind it, and which ids systems know. */
export function useMappingShapes(nodeId: string): MappingShapes | undefined {
  const flow = useEditor((state) => state.flow);
  const shownRun = useEditor((state) => state.shownRun);
  const { environment } = useEnvironment();
  const vars = useVariables(environment.name).data;
  const [state, setState] = useState<{ nodeId: string; shapes: MappingShapes }>();

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const samples = (flow.samples ?? []).slice(0, MAX_SAMPLES);
      const inputs = await Promise.all(samples.map((sample) => knownInput(flow, nodeId, sample, vars ?? {}, shownRun)));
      if (isCurrent) setState({ nodeId, shapes: shapesAtNode(flow, nodeId, inputs, samples, vars) });
    }, INFER_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [flow, nodeId, vars, shownRun]);

  // Where the preview looks them up.
  const crossReferences = useXrefNames(WORKBENCH_ENV).data;
  const shapes = state?.nodeId === nodeId ? state.shapes : undefined;
  return useMemo(
    () => (shapes && crossReferences ? { ...shapes, crossReferences } : shapes),
    [shapes, crossReferences],
  );
}
