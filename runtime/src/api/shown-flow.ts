import { isAllowed } from '@crossdock/api-contract';
import type { Flow } from '@crossdock/flow-model';
import { checkMaskPath } from '@crossdock/payload';
import type { Caller } from '../auth/index.ts';
import type { Vault } from '../vault/index.ts';
import { conceal } from './conceal.ts';

/** Whatever the environment: it only says by which key the values are sealed before they are dots. */
const ENV = 'samples';

/**
 * A flow document as it may be shown to a caller; every answer that carries one goes through here. Samples and tests rest in clear, so for who may neither
 * change flows nor reveal masked values what the mask names is dots in them, wherever else in them it stands.
 */
export function shownFlow({ vault }: { vault: Pick<Vault, 'seal'> }, { role }: Caller, flow: Flow): Flow {
  const { samples = [], tests = [], settings } = flow;
  if (samples.length + tests.length === 0 || isAllowed(role, 'flows:write') || isAllowed(role, 'payloads:reveal'))
    return flow;
  // A draft may hold anything.
  const paths = (Array.isArray(settings?.mask) ? settings.mask : []).filter(
    (path) => typeof path === 'string' && checkMaskPath(path) === undefined,
  );
  if (paths.length === 0) return flow;
  const mask = paths.flatMap((path) => [`*.*.payload.${path}`, `*.*.patch.${path}`]);
  const shown = conceal(vault.seal([samples, tests], { env: ENV, mask })) as [never, never];
  return { ...flow, ...(flow.samples ? { samples: shown[0] } : {}), ...(flow.tests ? { tests: shown[1] } : {}) };
}
