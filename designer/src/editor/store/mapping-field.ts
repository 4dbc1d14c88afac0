import type { NodeManifest } from '@crossdock/flow-model';

/** The config field that is the node's mapping, for node types that are one; it has a tab of its own. */
export function mappingField(manifest: NodeManifest): string | undefined {
  const found = Object.entries(manifest.config.properties).filter(([, field]) => field['x-mapping'] === true);
  return found.length === 1 ? found[0]?.[0] : undefined;
}
