import type { JournalSnapshot } from '@crossdock/engine';
import type { Flow } from '@crossdock/flow-model';
import type { Bus, NewTrigger } from '../bus.ts';

/** A trigger of flow `orders` in `dev`. */
export function aTrigger(more: Partial<NewTrigger> = {}): NewTrigger {
  return {
    flowId: 'orders',
    revision: 1,
    env: 'dev',
    nodeId: 'hook',
    receivedAt: new Date().toISOString(),
    headers: {},
    keys: {},
    payload: { name: 'A1' },
    ...more,
  };
}

let tokens = 0;

/** A journal snapshot of flow `orders` in `dev` with a writer token of its own. */
export function aSnapshot(executionId: string, more: Partial<JournalSnapshot> = {}): JournalSnapshot {
  const now = new Date().toISOString();
  return {
    v: 1,
    executionId,
    flowId: 'orders',
    revision: 1,
    env: 'dev',
    status: 'running',
    lease: executionId,
    token: `t${process.pid}-${++tokens}`,
    write: 1,
    crashes: 0,
    trigger: { nodeId: 'hook', receivedAt: now, headers: {}, keys: {}, seq: 1 },
    frontier: [],
    outputs: {},
    nodeOutputs: {},
    spans: [],
    startedAt: now,
    ...more,
  };
}

/** Puts revision 1 of a flow with one webhook on the bus and makes it active in `dev`. */
export async function deployFlow(bus: Bus, flowId: string, settings: Flow['settings'] = {}): Promise<void> {
  const hook = { id: 'hook', type: 'webhook', config: { path: flowId } };
  const flow: Flow = { formatVersion: 1, id: flowId, name: flowId, nodes: [hook], edges: [], settings };
  await bus.registry.putRevision(flowId, 1, flow);
  const deployedAt = new Date().toISOString();
  await bus.registry.activate({ deploymentId: `d-${flowId}`, env: 'dev', flowId, revision: 1, deployedAt });
}
