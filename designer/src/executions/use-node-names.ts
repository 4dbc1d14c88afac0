import type { ExecutionDetail } from '@crossdock/api-contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { revisionQuery } from '../api/index.ts';

/** What people call the nodes, from the revision that ran; the id until that is read. */
export function useNodeNames(execution: ExecutionDetail | undefined): (nodeId: string) => string {
  const { data: flow } = useQuery({
    ...revisionQuery(execution?.flowId ?? '', execution?.revision ?? 0),
    enabled: execution !== undefined,
  });
  return useMemo(() => {
    const names = new Map(flow?.nodes.map(({ id, name }) => [id, name ?? id]));
    return (nodeId) => names.get(nodeId) ?? nodeId;
  }, [flow]);
}
