import type { OrderEvent } from '../events/catalogue/index.ts';
import type { EventProblem } from '../events/event-problems.ts';
import type { ExceptionState } from '../fold/open-issues.ts';
import type { OrderState } from '../fold/order-state.ts';
import { exceptionEvent } from './exception-event.ts';

/** The event to emit, or why there is none. */
export type ByHand = { readonly event: OrderEvent } | { readonly problem: EventProblem };

interface Decision {
  readonly exceptionId: string;
  /** Who decides. */
  readonly by: string;
  readonly at: Date;
}

/**
 * Settles an open exception. One of a rule stays settled as long as what made it lasts, and is raised again when that has passed and comes
 * back; one that was reported, when it is reported again.
 */
export function settleException(state: OrderState, decision: Decision & { readonly reason?: string }): ByHand {
  const { by, reason } = decision;
  return decided(state, decision, ({ code, lineKey }, statement) =>
    exceptionEvent('exception.cleared', statement, { code, lineKey, by, reason }),
  );
}

/** Gives an open exception to somebody, who keeps it when it comes back. */
export function assignException(state: OrderState, decision: Decision & { readonly assignee: string }): ByHand {
  const assignee = decision.assignee.trim();
  if (assignee === '')
    return { problem: problem('assignee', 'assignee is empty', 'Name who is to see to the exception.') };
  return decided(state, decision, ({ code, lineKey }, statement) =>
    exceptionEvent('exception.assigned', statement, { code, lineKey, assignee }),
  );
}

type Statement = Parameters<typeof exceptionEvent>[1];

function decided(
  { orderKey, exceptions }: OrderState,
  { exceptionId, by, at }: Decision,
  eventOf: (exception: ExceptionState, statement: Statement) => OrderEvent,
): ByHand {
  const exception = exceptions.find(({ id }) => id === exceptionId);
  const name = JSON.stringify(exceptionId);
  if (exception === undefined || orderKey === undefined)
    return {
      problem: problem(
        'exceptionId',
        `exceptionId is ${name}, which this order does not have`,
        'Take an id from its list of exceptions.',
      ),
    };
  if (!exception.isOpen)
    return {
      problem: problem(
        'exceptionId',
        `exceptionId is ${name}, which is settled`,
        'Take one that is open; look at the order again.',
      ),
    };
  if (by.trim() === '') return { problem: problem('by', 'by is empty', 'Name who decides.') };
  // After what was said of it last, also where the clock of who said so was ahead.
  const time = Math.max(at.getTime(), Date.parse(exception.since) + 1);
  return { event: eventOf(exception, { orderKey, id: exceptionId, rev: exception.rev, time, by }) };
}

const problem = (field: string, message: string, fix: string): EventProblem => ({ field, message, fix });
