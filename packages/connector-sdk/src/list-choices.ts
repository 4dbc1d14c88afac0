import type { CredentialsOf, OpenConnection, SettingsOf } from './define-connection-type.ts';
import type { HttpPort } from './run-context.ts';

/** What is to be listed: `models`, `fields`; `within` names what they are of, where they are of something. */
export interface ChoicesAsked {
  readonly of: 'models' | 'fields';
  readonly within: string;
}

/** One value that a setting may have. */
export interface Choice {
  readonly value: string;
  /** As people at the other side call it. */
  readonly title: string;
  /** Of a field: what it holds, such as `many2one`. */
  readonly type?: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  /** Of a field: the model that it leads to. */
  readonly relation?: string;
}

/** Lists what the other side lets a setting be chosen from, without changing anything there. Throws `FlowError`s. */
export type ListChoices<M = unknown> = (
  asked: ChoicesAsked,
  connection: unknown extends M ? OpenConnection : OpenConnection<SettingsOf<M>, CredentialsOf<M>>,
  ports: { readonly http: HttpPort; readonly signal: AbortSignal },
) => Promise<readonly Choice[]>;
