import { catalogue } from '@crossdock/errors';
import type { NodeManifest } from '@crossdock/flow-model';
import { searchPalette } from '../palette/palette-search.ts';
import type { HelpTopic } from './help-state.ts';

export interface TopicEntry {
  readonly topic: HelpTopic;
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly about: string;
}

export interface TopicGroup {
  readonly kind: NodeManifest['kind'] | 'error';
  readonly entries: readonly TopicEntry[];
}

/** The topics of the help that hold all words of a query: node types by kind, then errors by code. Groups without any are left out. */
export function findTopics(manifests: Iterable<NodeManifest>, query: string): TopicGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const errors = Object.entries(catalogue)
    .filter(([code, { message, fix }]) =>
      words.every((word) => `${code} ${message} ${fix}`.toLowerCase().includes(word)),
    )
    .map(([code, { message }]): TopicEntry => ({ topic: { kind: 'error', code }, title: code, about: message }));
  const groups: TopicGroup[] = searchPalette(manifests, query).map(({ kind, items }) => ({
    kind,
    entries: items.map(({ type, title, summary }) => ({ topic: { kind: 'node', type }, title, about: summary })),
  }));
  return errors.length > 0 ? [...groups, { kind: 'error', entries: errors }] : groups;
}
