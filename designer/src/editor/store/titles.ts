import type { Manifests } from '../../canvas/index.ts';

/** Node type → its title. */
export function titlesOf(manifests: Manifests): ReadonlyMap<string, string> {
  return new Map([...manifests].map(([type, { title }]) => [type, title]));
}
