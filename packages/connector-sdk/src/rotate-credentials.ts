import type { CredentialsOf, OpenConnection, SettingsOf } from './define-connection-type.ts';
import type { HttpPort } from './run-context.ts';

/** New credentials that the other side has made and taken once. The old ones still work. */
export interface Rotated {
  /** Those that are new. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Settings that change with them, such as the day on which they end. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Takes the old ones away, once the new ones are stored. Throws `FlowError`s. */
  retire(): Promise<void>;
}

/**
 * Lets the other side make new credentials in place of those of the connection. Throws `REMOTE_CANNOT_ROTATE` where a person has to make them,
 * and what went wrong at the other side.
 */
export type RotateCredentials<M = unknown> = (
  connection: unknown extends M ? OpenConnection : OpenConnection<SettingsOf<M>, CredentialsOf<M>>,
  ports: {
    readonly http: HttpPort;
    readonly signal: AbortSignal;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
) => Promise<Rotated>;
