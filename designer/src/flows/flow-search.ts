import { optionalChoice, optionalText } from '../app/search-params.ts';

export interface FlowListSearch {
  /** Words of name, id or description. */
  q?: string;
  dialog?: 'create' | 'import';
}

export const validateFlowListSearch = (search: Record<string, unknown>): FlowListSearch => ({
  ...optionalText(search, 'q'),
  ...optionalChoice(search, 'dialog', ['create', 'import']),
});

export interface EditorSearch {
  /** Selected node. */
  node?: string;
  /** Open tab of the inspector. */
  tab?: string;
  /** A published revision to read instead of the draft. */
  revision?: number;
}

export const validateEditorSearch = (search: Record<string, unknown>): EditorSearch => {
  const revision = Number(search.revision);
  return {
    ...optionalText(search, 'node'),
    ...optionalText(search, 'tab'),
    ...(Number.isSafeInteger(revision) && revision > 0 ? { revision } : {}),
  };
};
