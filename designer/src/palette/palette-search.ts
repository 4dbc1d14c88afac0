import type { NodeKind, NodeManifest } from '@crossdock/flow-model';

const KINDS: readonly NodeKind[] = ['trigger', 'transform', 'control', 'action'];

export interface PaletteGroup {
  readonly kind: NodeKind;
  readonly items: readonly NodeManifest[];
}

/** Node types that match all words of a query, by kind, in the order of a flow; kinds without any are left out. */
export function searchPalette(manifests: Iterable<NodeManifest>, query: string): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = [...manifests].filter((manifest) => {
    const text =
      `${manifest.title} ${manifest.type} ${manifest.summary} ${manifest.connector} ${manifest.kind}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return KINDS.map((kind) => ({ kind, items: matching.filter((manifest) => manifest.kind === kind) })).filter(
    ({ items }) => items.length > 0,
  );
}
