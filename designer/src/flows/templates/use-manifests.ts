import type { NodeManifest } from '@crossdock/flow-model';
import { useMemo } from 'react';
import { useNodeTypes } from '../../api/index.ts';

/** Node types by their name; none until they are read. */
export function useManifests(): ReadonlyMap<string, NodeManifest> {
  const nodeTypes = useNodeTypes().data;
  return useMemo(() => new Map((nodeTypes ?? []).map((manifest) => [manifest.type, manifest])), [nodeTypes]);
}
