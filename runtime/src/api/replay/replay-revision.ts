import { FlowError } from '@crossdock/errors';
import { type Flow, parseFlow } from '@crossdock/flow-model';
import type { ApiOptions } from '../api.ts';
import { readRevision } from '../revisions.ts';
import type { Original } from './original.ts';

/** The revision that a replay runs on, put on the bus where it is missing there. Throws `API_NOT_FOUND`. */
export async function revisionFor(
  options: Pick<ApiOptions, 'db' | 'bus'>,
  { flowId, env, revision: own }: Original,
  wanted: number | 'same' | 'deployed',
): Promise<{ revision: number; flow: Flow }> {
  const { registry } = options.bus;
  const revision = wanted === 'same' ? own : wanted === 'deployed' ? deployedIn() : wanted;
  const known = await registry.getRevision(flowId, revision);
  if (known) return { revision, flow: known };
  const flow = parseFlow(await readRevision(options.db, flowId, revision));
  await registry.putRevision(flowId, revision, flow);
  return { revision, flow };

  function deployedIn(): number {
    const active = registry.deployments().find((one) => one.env === env && one.flowId === flowId);
    if (!active) throw new FlowError('API_NOT_FOUND', { details: { what: 'deployment', id: `${env}/${flowId}` } });
    return active.revision;
  }
}
