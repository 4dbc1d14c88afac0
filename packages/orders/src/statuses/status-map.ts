import { eventDefinition } from '../events/catalogue/index.ts';

/** What one status of a system means. */
export interface StatusEntry {
  /** The kind of document that has the status, such as `stock.picking`; empty where the system has one kind of status. */
  readonly document: string;
  /** As the system writes it. */
  readonly status: string;
  /** Type of the canonical event that it tells of; null where it tells of none. */
  readonly event: string | null;
}

export const MAX_STATUS_LENGTH = 200;
export const MAX_STATUS_ENTRIES = 1000;

/** What a status means; undefined where nobody has said so: there is no nearest one. Large and small letters are told apart. */
export function statusEntry(
  entries: readonly StatusEntry[],
  { document, status }: Pick<StatusEntry, 'document' | 'status'>,
): StatusEntry | undefined {
  return entries.find((entry) => entry.document === document && entry.status === status);
}

/** What is wrong with a map, by entry, from 0. */
export function statusMapProblems(
  entries: readonly StatusEntry[],
): { readonly at: number; readonly message: string }[] {
  const seen = new Set<string>();
  return entries.flatMap(({ document, status, event }, at) => {
    const key = JSON.stringify([document, status]);
    const isTwice = seen.has(key);
    seen.add(key);
    const problem = (message: string) => [{ at, message }];
    if (status.trim() === '') return problem('the status is empty');
    if (isTwice) return problem(`the status "${status}" is mapped twice`);
    if (event !== null && !eventDefinition(event)) return problem(`"${event}" is no event of the catalogue`);
    return [];
  });
}
