import { FlowError } from '@crossdock/errors';
import { type Plan, planFlow } from './plan.ts';
import type { EnginePorts } from './ports.ts';

const PLANS_KEPT = 256;

/** Plans by flow and revision, the least recently used dropped first. Revisions never change, so a plan stays right. */
export interface PlanCache {
  /** Throws `FLOW_*` when the revision cannot be planned, `SYSTEM_UNEXPECTED` when the registry does not have it. */
  get(flowId: string, revision: number): Promise<Plan>;
}

export function createPlanCache(
  ports: Pick<EnginePorts, 'flows' | 'manifests' | 'runners'>,
  limit = PLANS_KEPT,
): PlanCache {
  const plans = new Map<string, Plan>();
  return {
    async get(flowId, revision) {
      const key = `${flowId}@${revision}`;
      const cached = plans.get(key);
      if (cached) {
        plans.delete(key);
        plans.set(key, cached);
        return cached;
      }
      const flow = await ports.flows.revision(flowId, revision);
      if (!flow) {
        const reason = `revision ${revision} of flow "${flowId}" is not in the registry`;
        throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason } });
      }
      const plan = planFlow(flow, ports);
      plans.set(key, plan);
      if (plans.size > limit) plans.delete(plans.keys().next().value!);
      return plan;
    },
  };
}
