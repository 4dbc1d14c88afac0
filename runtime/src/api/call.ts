import type { AuditAction, Route } from '@crossdock/api-contract';
import type { Request, Response } from 'express';
import type { Static, TSchema } from 'typebox';
import type { Recorded } from '../audit/index.ts';
import type { Caller } from '../auth/index.ts';
import type { CallAudit } from './call-audit.ts';

type StaticOf<S> = S extends TSchema ? Static<S> : undefined;

/** A request that passed authorisation and the contract's checks. */
export interface Call<R extends Route = Route> {
  readonly params: StaticOf<R['params']>;
  readonly query: StaticOf<R['query']>;
  readonly body: StaticOf<R['body']>;
  /** The body as it was sent, where the route takes one. */
  readonly text: string;
  /** Undefined on public routes only. */
  readonly caller: Caller | undefined;
  readonly request: Request;
  readonly response: Response;
  /**
   * Asks the route's permission for the environment that the handler found (`envFrom: 'found'`); undefined is "all of them". Throws
   * `API_FORBIDDEN`.
   */
  readonly allowIn: (env: string | undefined) => void;
  readonly audit: CallAudit;
  /** Aborts when the caller goes away or the process stops. */
  readonly signal: AbortSignal;
}

/**
 * What a handler answers: one of the statuses of its route with that status's body. Where the route names an audit action, it does not
 * compile without what `call.audit` gave.
 */
export type Answer<R extends Route> = R extends { audit: AuditAction }
  ? (StatusAnswer<R> | Sent) & { readonly audited: Recorded }
  : /** Sent by the handler itself. */ StatusAnswer<R> | Sent | 'sent';

interface Sent {
  readonly status: 'sent';
}

type StatusAnswer<R extends Route> = {
  [S in keyof R['responses']]: {
    readonly status: S;
    readonly body: StaticOf<R['responses'][S]>;
    readonly headers?: Readonly<Record<string, string | string[]>>;
  };
}[keyof R['responses']];

export type Handler<R extends Route> = (call: Call<R>) => Promise<Answer<R>>;
