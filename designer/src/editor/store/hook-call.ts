import { hookCurl } from '@crossdock/connectors/manifests';
import type { Flow } from '@crossdock/flow-model';

/** A webhook of a deployed flow, and command lines that drive it. */
export interface HookCall {
  readonly nodeId: string;
  readonly url: string;
  readonly curl: string;
}

const MOST_BODY = 4_000;

/** The address of a hook, where it has a path. */
export const hookUrl = (origin: string, env: string, path: unknown): string => `${origin}/hooks/${env}/${String(path)}`;

/** The hooks that a flow has in an environment, with the chosen sample as body where it is short enough for a command line. */
export function hookCalls(flow: Flow, env: string, origin: string, sampleIndex: number): HookCall[] {
  return flow.nodes
    .filter(({ type, config }) => type === 'webhook' && typeof config.path === 'string')
    .map(({ id, config }) => {
      const url = hookUrl(origin, env, config.path);
      const method = String(config.method ?? 'POST');
      const body = method === 'GET' ? undefined : sampleBody(flow, sampleIndex);
      return { nodeId: id, url, curl: hookCurl({ url, method, config, body }) };
    });
}

/** A sample as JSON; an empty object where there is none or where it is too long for a command line. */
export function sampleBody({ samples }: Pick<Flow, 'samples'>, index: number): string {
  const json = JSON.stringify((samples?.[index] ?? samples?.[0])?.payload ?? {});
  return json.length > MOST_BODY ? '{}' : json;
}
