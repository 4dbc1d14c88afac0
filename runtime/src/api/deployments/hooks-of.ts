import type { Flow, Issue } from '@crossdock/flow-model';
import { type Finding, findingOf } from './finding.ts';

const FIX_OF_WARNING =
  'It runs here all the same, and anyone who knows its address may send to it. Set an authentication at its trigger before it goes to prod.';

/** A webhook trigger, as it meets those of other flows. */
export interface Hook {
  nodeId: string;
  /** Its place among the nodes. */
  index: number;
  path: string;
  method: string;
  /** Anyone may call it. */
  isOpen: boolean;
}

/** The webhook triggers of a flow. */
export function hooksOf(flow: Flow): Hook[] {
  return flow.nodes.flatMap(({ id, type, config }, index) =>
    type === 'webhook'
      ? [
          {
            nodeId: id,
            index,
            path: String(config.path),
            method: String(config.method ?? 'POST').toUpperCase(),
            isOpen: (config.authentication ?? 'none') === 'none',
          },
        ]
      : [],
  );
}

/** As an error it keeps the revision out until it is confirmed; as a warning there is nothing to confirm. */
export function unsignedHook({ nodeId, index, path }: Hook, severity: Issue['severity']): Finding {
  return findingOf('FLOW_HOOK_UNSIGNED', {
    ...{ path: placeOf(index), nodeId, severity, details: { path } },
    ...(severity === 'warning' ? { fix: FIX_OF_WARNING } : {}),
  });
}

export function takenHook({ nodeId, index, path, method }: Hook, other: { flowId: string; env: string }): Finding {
  const details = { path: `${method} ${path}`, ...other };
  return findingOf('FLOW_HOOK_TAKEN', { path: placeOf(index), nodeId, details });
}

const placeOf = (index: number): string => `/nodes/${index}/config/path`;
