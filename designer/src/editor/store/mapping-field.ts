import type { NodeManifest } from '@crossdock/flow-model';

/** The config field that is the node's mapping, for node types that are one; it has a tab of its own. */
export function mappingField(manifest: NodeManifest): string | undefined {
  const found = Object.entries(manifest.config.properties).filter(([, field]) => field['x-mapping'] === true);
  return found.length === 1 ? found[0]?.[0] : undefined;
}

/**
 * The config fields that can be mapped by lines, in the order of the form: the node's own mapping, and expressions that may give an object or a
 * list, such as a body.
 */
export function mappableFields(manifest: NodeManifest): string[] {
  const own = mappingField(manifest);
  return Object.entries(manifest.config.properties).flatMap(([name, field]) =>
    name === own || (field['x-expression'] && field['x-widget'] === 'json') ? [name] : [],
  );
}

/** The one of them that the flow may keep a description of, as what it is to make: the first that is no list. */
export function describedField(manifest: NodeManifest): string | undefined {
  const fields = mappableFields(manifest);
  return fields.find((name) => manifest.config.properties[name]?.type !== 'array') ?? fields[0];
}
