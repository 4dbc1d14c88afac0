import type { ConfigSchema } from '@crossdock/flow-model';
import type { Static, TSchema } from 'typebox';
import type { PaceSource } from './connection-pace.ts';
import type { HttpPort } from './run-context.ts';

/**
 * A connection type's declaration as data: its form, checks and docs are made from it, so it must load in the browser. Made with
 * `defineConnectionType`.
 */
export interface ConnectionManifest {
  /** `http`: what node types and connections call it. */
  readonly type: string;
  /** The system or protocol, as the palette groups it. */
  readonly connector: string;
  readonly title: string;
  readonly summary: string;
  /** Tabler icon name, kebab-case. */
  readonly icon: string;
  /** JSON Schema of what everybody may read. */
  readonly settings: ConfigSchema;
  /** JSON Schema of what is secret: a text in each field. Answers never hold one. */
  readonly credentials: ConfigSchema;
  /** Where the settings name the addresses that the credentials may be sent to. */
  readonly hosts: readonly HostSource[];
  /** Settings field with the day on which the credentials expire (RFC 3339 date). */
  readonly expiry?: string;
  /** The other side can make new credentials in place of the old ones. */
  readonly rotatable?: true;
  /** How much it may be asked to do. */
  readonly pace?: PaceSource;
  /** Which setting says in a word how one proves who one is, for lists. */
  readonly mode?: string;
  /** There is something to be tried out: the type has a check. */
  readonly checkable: boolean;
  readonly examples: readonly { readonly title: string; readonly settings: Readonly<Record<string, unknown>> }[];
  /** Markdown beyond summary and field descriptions. */
  readonly docs?: string;
}

/** Settings fields that name addresses: a URL (or several), or a host with its port. */
export type HostSource =
  | { readonly url: string }
  | { readonly host: string; readonly port: string; readonly scheme: string };

/** A manifest whose schemas are TypeBox, so that checks and runners are typed from it. */
export interface TypedConnectionManifest<Settings extends TSchema = TSchema, Credentials extends TSchema = TSchema>
  extends Omit<ConnectionManifest, 'settings' | 'credentials' | 'examples'> {
  readonly settings: Settings & ConfigSchema;
  readonly credentials: Credentials & ConfigSchema;
  readonly examples: readonly {
    readonly title: string;
    readonly settings: Static<Settings> & Readonly<Record<string, unknown>>;
  }[];
}

/** Declares a connection type. A wrong example or hint is a compile error. */
export const defineConnectionType = <
  const Settings extends TSchema,
  const Credentials extends TSchema,
  const Type extends string,
>(
  manifest: TypedConnectionManifest<Settings, Credentials> & { readonly type: Type },
): TypedConnectionManifest<Settings, Credentials> & { readonly type: Type } => manifest;

/** Settings as they are stored: what has a default may be left out. */
export type SettingsOf<M> = M extends TypedConnectionManifest<infer Settings, TSchema> ? Static<Settings> : never;

/** Those credentials that are set. */
export type CredentialsOf<M> =
  M extends TypedConnectionManifest<TSchema, infer Credentials> ? Partial<Static<Credentials>> : never;

/** A connection in the clear: in memory, for one call. It must not rest or be logged. */
export interface OpenConnection<
  Settings = Readonly<Record<string, unknown>>,
  Credentials = Readonly<Record<string, string>>,
> {
  readonly id: string;
  readonly env: string;
  readonly name: string;
  readonly type: string;
  /** Counts up with each change. */
  readonly version: number;
  /** With the defaults of its type. */
  readonly settings: Settings;
  readonly credentials: Credentials;
  /** Origins (`https://erp.example.com`, `smtp://mail.example.com:587`) that the credentials may be sent to. */
  readonly hosts: readonly string[];
  /** What is worth remembering between calls with this version of the connection, such as a token. In this process's memory only. */
  readonly memory: Map<string, unknown>;
}

/**
 * Opens a socket of Node's `net`, connected, through the guard of an environment. Throws `CONFIG_EGRESS_BLOCKED`, `REMOTE_UNAVAILABLE` or
 * `REMOTE_TIMEOUT`.
 */
export type SocketPort = (target: { host: string; port: number; signal: AbortSignal }) => Promise<object>;

/** What a check may use; the way out is guarded. */
export interface CheckContext {
  readonly http: HttpPort;
  readonly connect: SocketPort;
  readonly signal: AbortSignal;
}

/**
 * Tries a connection without changing anything at the other side; gives what it saw, as a short sentence ("GET /orders/count answered 200").
 * Throws a `FlowError` that says what is wrong.
 */
export type CheckConnection<M = unknown> = (
  connection: unknown extends M ? OpenConnection : OpenConnection<SettingsOf<M>, CredentialsOf<M>>,
  context: CheckContext,
) => Promise<string>;
