import type { Route } from '@crossdock/api-contract';
import type { Request, Response } from 'express';
import type { Static, TSchema } from 'typebox';
import type { Caller } from '../auth/index.ts';

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
  /** Aborts when the caller goes away or the process stops. */
  readonly signal: AbortSignal;
}

/** What a handler answers: one of the statuses of its route with that status's body. */
export type Answer<R extends Route> =
  | {
      [S in keyof R['responses']]: {
        readonly status: S;
        readonly body: StaticOf<R['responses'][S]>;
        readonly headers?: Readonly<Record<string, string | string[]>>;
      };
    }[keyof R['responses']]
  /** Sent by the handler itself. */
  | 'sent';

export type Handler<R extends Route> = (call: Call<R>) => Promise<Answer<R>>;
