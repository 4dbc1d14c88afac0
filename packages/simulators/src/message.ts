/** The systems that are simulated. */
export const SYSTEMS = ['shop', 'crm', 'wms', 'carrier', 'finance'] as const;
export type System = (typeof SYSTEMS)[number];

/** What one system tells others, as it sends it. */
export interface Message {
  readonly system: System;
  /** Names the delivery; the same when it is repeated. */
  readonly id: string;
  /** When it happened, by the clock of the system: milliseconds since 1970, in whole seconds. */
  readonly at: number;
  /** Where the system says in a header what it is about. */
  readonly topic?: string;
  readonly body: unknown;
}

/** RFC 3339 in UTC, in seconds, as most systems write it. */
export const secondsText = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
