import type { RecordedAction, Route } from '@crossdock/api-contract';
import type { Request } from 'express';
import { type AuditActor, nothingChanged, type RecordChange, type Recorded, recordAudit } from '../audit/index.ts';
import type { Caller } from '../auth/index.ts';
import type { Database } from '../store/index.ts';

/** Records what a call changed, under the action that its route names. */
export interface CallAudit {
  /** Give `tx` where the change has a transaction: then there is no change without its row. */
  readonly record: RecordChange;
  /** Instead, where the call turned out to change nothing. */
  readonly nothing: () => Recorded;
  /** The same by someone whom the request itself does not name yet, as at sign-in. */
  readonly by: (caller: Caller) => RecordChange;
}

export function callAuditOf(route: Route, request: Request, caller: Caller | undefined, db: Database): CallAudit {
  const recordBy = (actor: AuditActor): RecordChange => {
    return (change, tx = db.kysely) => {
      const { audit: action } = route;
      if (!action) throw new Error(`the route ${route.id} names no audit action`);
      // Whatever is mounted is a route of the contract.
      return recordAudit(tx, { ...change, action: action as RecordedAction, by: actor });
    };
  };
  return {
    record: recordBy(actorOf(request, caller)),
    nothing: nothingChanged,
    by: (someone) => recordBy(actorOf(request, someone)),
  };
}

/** Who makes a request, and from where, as the audit names them. */
export function actorOf(request: Request, caller: Caller | undefined, name = ''): AuditActor {
  const from = { address: request.ip, userAgent: request.headers['user-agent'] };
  if (!caller) return { kind: 'nobody', id: null, name, ...from };
  const kind = caller.via === 'session' ? 'person' : 'api-key';
  return { kind, id: caller.id, name: caller.email ?? caller.name, ...from };
}
