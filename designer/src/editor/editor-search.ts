import { optionalText } from '../app/search-params.ts';

export interface EditorSearch {
  /** The selected node. */
  node?: string;
  /** The open tab of the inspector. */
  tab?: string;
  /** The field of the node to go to, as a JSON Pointer below it; read once. */
  at?: string;
  /** A group or a note to go to on the canvas; read once. */
  group?: string;
  note?: string;
  /** A published revision to read instead of the draft. */
  revision?: number;
}

/** What the address of an open flow holds. */
export const validateEditorSearch = (search: Record<string, unknown>): EditorSearch => {
  const revision = Number(search.revision);
  return {
    ...optionalText(search, 'node'),
    ...optionalText(search, 'tab'),
    ...optionalText(search, 'at'),
    ...optionalText(search, 'group'),
    ...optionalText(search, 'note'),
    ...(Number.isSafeInteger(revision) && revision > 0 ? { revision } : {}),
  };
};
