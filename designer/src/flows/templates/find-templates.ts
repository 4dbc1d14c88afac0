import type { FlowTemplate } from '@crossdock/api-contract';
import type { NodeManifest } from '@crossdock/flow-model';

type Manifests = ReadonlyMap<string, NodeManifest>;

/** What a template connects, by the names of the palette: where its triggers listen and its actions reach. Each once, triggers first. */
export function systemsOf({ nodeTypes }: Pick<FlowTemplate, 'nodeTypes'>, manifests: Manifests): string[] {
  const known = nodeTypes.flatMap((type) => manifests.get(type) ?? []);
  const [triggers, actions] = ['trigger', 'action'].map((kind) => known.filter((manifest) => manifest.kind === kind));
  return [...new Set([...(triggers ?? []), ...(actions ?? [])].map(({ connector }) => connector))];
}

/** Templates that have each word of the query in their name, id, systems or summary, without regard to case. */
export function findTemplates(
  templates: readonly FlowTemplate[],
  query: string,
  manifests: Manifests,
): readonly FlowTemplate[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter((template) => {
    const { name, id, summary } = template;
    const text = `${name} ${id} ${summary} ${systemsOf(template, manifests).join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
