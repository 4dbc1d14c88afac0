/** A call as it came in. */
export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The `Idempotency-Key`. */
  readonly key: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
