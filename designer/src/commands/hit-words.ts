import type { FlowHit } from '@crossdock/flow-model';
import { canvasTexts, editorTexts } from '../texts/index.ts';

/** What a place found is called: its node or group by name; a note has none. */
export function hitName({ kind, name }: Pick<FlowHit, 'kind' | 'name'>): string {
  if (kind === 'note') return canvasTexts.note;
  return name || (kind === 'group' ? canvasTexts.untitled : '');
}

/** Which text of it was found. */
export function hitField({ kind, field }: Pick<FlowHit, 'kind' | 'field'>): string {
  return kind === 'node' ? field : editorTexts.search.fields[kind];
}
