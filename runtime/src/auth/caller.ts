import type { Role } from '@crossdock/api-contract';

/** Who makes a request: a person with a session, or a machine with an API key. */
export interface Caller {
  readonly via: 'session' | 'api-key';
  /** Of the user or the key. */
  readonly id: string;
  /** As it stands in "updated by", "deployed by" and the like. */
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  /** Of a person whose request comes with one. */
  readonly sessionId?: string;
}
