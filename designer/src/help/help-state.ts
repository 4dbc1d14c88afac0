import { create } from 'zustand';

/** What the help shows: the list of all topics, the page of a node type, or an error with what to do. */
export type HelpTopic =
  | { readonly kind: 'all' }
  | { readonly kind: 'node'; readonly type: string }
  | { readonly kind: 'error'; readonly code: string };

export const ALL_TOPICS: HelpTopic = { kind: 'all' };

export const useHelp = create<{ topic: HelpTopic | undefined }>(() => ({ topic: undefined }));

/** Opens the help beside the page, which stays as it is. */
export function openHelp(topic: HelpTopic = ALL_TOPICS): void {
  useHelp.setState({ topic });
}

export function closeHelp(): void {
  useHelp.setState({ topic: undefined });
}
