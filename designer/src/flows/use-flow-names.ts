import { useMemo } from 'react';
import { useFlows } from '../api/index.ts';

/** A flow's name by its id; a deleted flow is still known by the id. */
export function useFlowNames(): (flowId: string) => string {
  const { data: flows } = useFlows();
  return useMemo(() => {
    const names = new Map(flows?.map(({ id, name }) => [id, name]));
    return (flowId) => names.get(flowId) ?? flowId;
  }, [flows]);
}
