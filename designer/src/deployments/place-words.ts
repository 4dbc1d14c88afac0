import type { NodeManifest } from '@crossdock/flow-model';

/** A setting, or what lies in it, as far as its title is looked up. */
interface Field {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
}

/**
 * Where an issue stands, as people read it: `Call the ERP · Headers · X-Company` for a setting of a node, else the field of the flow.
 * @param path JSON Pointer into the flow
 * @param node how the node is called and what its type says of its settings; undefined for an issue of the flow itself
 */
export function placeWords(
  path: string,
  node: { name: string; config: NodeManifest['config'] | undefined } | undefined,
): string {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (!node) return keys.join('.');
  const [first, ...rest] = keys.slice(2);
  const field = first === 'config' ? titlesOf(node.config as Field | undefined, rest) : keys.slice(2);
  return [node.name, ...field].join(' · ');
}

/** Entries of a list are counted from 1; what has no title is called by its key. */
function titlesOf(within: Field | undefined, [key, ...rest]: readonly string[]): string[] {
  if (key === undefined) return [];
  const field = within?.properties?.[key];
  const entry = within?.items;
  if (!field && entry && /^\d+$/.test(key)) return [String(Number(key) + 1), ...titlesOf(entry, rest)];
  return [field?.title ?? key, ...titlesOf(field, rest)];
}
