import { WORKBENCH_ENV } from '@crossdock/api-contract';
import type { MappingShapes } from '@crossdock/mapping';
import { useMemo } from 'react';
import { useVariables, useXrefNames } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { shapesAtNode } from './shapes-at-node.ts';
import type { KnownInputs } from './use-known-inputs.ts';

/** What is known of the values around a node's mappings: from what arrives there, variables and the schema behind it, and which ids systems know. */
export function useMappingShapes(nodeId: string, known: KnownInputs | undefined): MappingShapes | undefined {
  const { environment } = useEnvironment();
  const vars = useVariables(environment.name).data;
  const shapes = useMemo(() => {
    if (!known) return undefined;
    const inputs = known.inputs.map(({ input }) => input);
    const samples = known.inputs.map(({ sample }) => sample);
    return shapesAtNode(known.flow, nodeId, inputs, samples, vars);
  }, [nodeId, known, vars]);

  // Where the preview looks them up.
  const crossReferences = useXrefNames(WORKBENCH_ENV).data;
  return useMemo(
    () => (shapes && crossReferences ? { ...shapes, crossReferences } : shapes),
    [shapes, crossReferences],
  );
}
