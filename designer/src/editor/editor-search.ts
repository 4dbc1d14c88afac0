import { optionalText } from '../app/search-params.ts';

export interface EditorSearch {
  /** The selected node. */
  node?: string;
  /** The open tab of the inspector. */
  tab?: string;
  /** A published revision to read instead of the draft. */
  revision?: number;
}

/** What the address of an open flow holds. */
export const validateEditorSearch = (search: Record<string, unknown>): EditorSearch => {
  const revision = Number(search.revision);
  return {
    ...optionalText(search, 'node'),
    ...optionalText(search, 'tab'),
    ...(Number.isSafeInteger(revision) && revision > 0 ? { revision } : {}),
  };
};
