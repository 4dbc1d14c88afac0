import type { Flow } from '@crossdock/flow-model';

/** A webhook of a deployed flow, and a command line that drives it. */
export interface HookCall {
  readonly nodeId: string;
  readonly url: string;
  readonly curl: string;
}

const MOST_BODY = 4_000;

/** The hooks that a flow has in an environment, with the chosen sample as body where it is short enough for a command line. */
export function hookCalls(flow: Flow, env: string, origin: string, sampleIndex: number): HookCall[] {
  return flow.nodes
    .filter(({ type, config }) => type === 'webhook' && typeof config.path === 'string')
    .map((node) => {
      const url = `${origin}/hooks/${env}/${String(node.config.path)}`;
      const method = String(node.config.method ?? 'POST');
      const payload = (flow.samples?.[sampleIndex] ?? flow.samples?.[0])?.payload ?? {};
      const json = JSON.stringify(payload);
      const body = json.length > MOST_BODY ? '{}' : json;
      const data = method === 'GET' ? '' : ` -H 'content-type: application/json' -d ${quoted(body)}`;
      return { nodeId: node.id, url, curl: `curl -X ${method} ${quoted(url)}${data}` };
    });
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
