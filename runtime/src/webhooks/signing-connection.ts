import type { Registry } from '@crossdock/bus';

/** Why a connection cannot be posted to with a signature, said of its name; undefined when it can. */
export function signingTrouble(registry: Pick<Registry, 'connection'>, env: string, name: string): string | undefined {
  const found = registry.connection(env, name);
  if (!found) return `names "${name}", which does not exist in ${env}`;
  if (found.type !== 'http') return `must be of type http; "${name}" in ${env} is ${found.type}`;
  if (!Object.hasOwn(found.sealed?.fields ?? {}, 'signingSecret'))
    return `has no signing secret: give "${name}" in ${env} one`;
  return undefined;
}
