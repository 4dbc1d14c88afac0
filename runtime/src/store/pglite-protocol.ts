/** What the main thread asks of the database thread. One request is answered before the next is taken. */
export type PGliteRequest =
  | { id: number; kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { id: number; kind: 'close' };

/** What it answers; a failure carries what PostgreSQL said, field by field. */
export type PGliteAnswer =
  | { id: number; rows: unknown[]; affectedRows: number }
  | { id: number; failure: PGliteFailure };

/** Tells that the thread has its files open, or why not. */
export type PGliteGreeting = { ready: true } | { ready: false; failure: PGliteFailure };

export interface PGliteFailure {
  message: string;
  /** SQLSTATE, when the database itself refused. */
  code?: string;
  detail?: string;
  constraint?: string;
  table?: string;
}
