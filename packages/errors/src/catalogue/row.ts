/** What the engine does when a node fails with this code. `after` obeys the remote's `Retry-After`; `redeliver` is our own trouble. */
export type RetryClass = 'never' | 'backoff' | 'after' | 'redeliver';

export interface CatalogueRow {
  /** Sentence with `{detail}` slots, filled from the error's details. */
  readonly message: string;
  readonly retry: RetryClass;
  /** HTTP status when the error leaves through our API. */
  readonly http: number;
  /** What the person who reads it should do. */
  readonly fix: string;
}

/** One row, on fewer lines. */
export const row = (message: string, retry: RetryClass, http: number, fix: string): CatalogueRow => ({
  message,
  retry,
  http,
  fix,
});
