import type { CloudEvent } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import {
  assignException,
  type ByHand,
  commentException,
  type OrderState,
  releaseHold,
  settleException,
} from '@crossdock/orders';
import type { Recorded } from '../../audit/index.ts';
import type { ApiOptions } from '../api.ts';
import type { CallAudit } from '../call-audit.ts';
import { callerIn } from '../caller-in.ts';
import type { Handlers } from '../mount.ts';
import { orderRecord } from './order-record.ts';

type ByHandRoutes = 'settleException' | 'assignException' | 'commentException' | 'releaseHold';

interface Said {
  readonly env: string;
  readonly orderId: string;
  readonly audit: CallAudit;
  /** For the audit: what was said of which hold or exception. */
  readonly after: object;
  readonly decide: (state: OrderState) => ByHand;
}

/** What people say of an order's exceptions and holds, as events under their name. It shows when the events have come back. */
export function byHandHandlers({ db, bus }: ApiOptions): Pick<Handlers, ByHandRoutes> {
  const say = async ({ env, orderId, audit, after, decide }: Said) => {
    const row = await orderRecord(db.kysely, { env, key: orderId });
    const byHand = decide(row.state);
    if ('problem' in byHand) throw refused(byHand.problem);
    const { event } = byHand;
    await bus.events.emit(env, event.partitionkey, event as unknown as CloudEvent);
    const name = row.customer_order_no ?? undefined;
    const audited: Recorded = await audit.record({ id: row.order_id, name, env, after });
    return { status: 202 as const, body: { eventId: event.id }, audited };
  };
  return {
    settleException({ params: { orderId }, body: { env, exceptionId, reason }, audit, ...call }) {
      const said = {
        exceptionId,
        by: callerIn(call).name,
        at: new Date(),
        ...(reason === undefined ? {} : { reason }),
      };
      const after = { exceptionId, reason };
      return say({ env, orderId, audit, after, decide: (state) => settleException(state, said) });
    },
    assignException({ params: { orderId }, body: { env, exceptionId, assignee }, audit, ...call }) {
      const said = { exceptionId, by: callerIn(call).name, at: new Date(), assignee };
      const after = { exceptionId, assignee };
      return say({ env, orderId, audit, after, decide: (state) => assignException(state, said) });
    },
    commentException({ params: { orderId }, body: { env, exceptionId, text }, audit, ...call }) {
      const said = { exceptionId, by: callerIn(call).name, at: new Date(), text };
      return say({ env, orderId, audit, after: { exceptionId }, decide: (state) => commentException(state, said) });
    },
    releaseHold({ params: { orderId }, body: { env, holdId, reason }, audit, ...call }) {
      const said = { holdId, by: callerIn(call).name, at: new Date(), ...(reason === undefined ? {} : { reason }) };
      return say({ env, orderId, audit, after: { holdId, reason }, decide: (state) => releaseHold(state, said) });
    },
  };
}

function refused({ field, message, fix }: Extract<ByHand, { problem: unknown }>['problem']): FlowError {
  const reason = `${message.slice(field.length).trim()}. ${fix}`;
  return new FlowError('API_BAD_REQUEST', { details: { path: `field "${field}"`, reason } });
}
