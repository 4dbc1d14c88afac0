import type { HOLD_CODES } from '../events/catalogue/control.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import type { EventProblem } from '../events/event-problems.ts';
import type { ExceptionState, IssueState } from '../fold/open-issues.ts';
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
  const { by } = decision;
  const assignee = decision.assignee.trim();
  if (assignee === '')
    return { problem: problem('assignee', 'assignee is empty', 'Name who is to see to the exception.') };
  return decided(state, decision, ({ code, lineKey }, statement) =>
    exceptionEvent('exception.assigned', statement, { code, lineKey, assignee, by }),
  );
}

/** Notes something about an exception, open or not. */
export function commentException(state: OrderState, decision: Decision & { readonly text: string }): ByHand {
  const text = decision.text.trim();
  const { by } = decision;
  if (text === '') return { problem: problem('text', 'text is empty', 'Write what is to be noted.') };
  return decided(state, { ...decision, isForClosed: true }, ({ code, lineKey }, statement) =>
    exceptionEvent('exception.commented', statement, { code, lineKey, by, text }),
  );
}

/** Lifts an open hold. Who placed it may place it again, under a higher revision or a later time. */
export function releaseHold(
  { orderKey, holds }: OrderState,
  { holdId, by, at, reason }: Omit<Decision, 'exceptionId'> & { readonly holdId: string; readonly reason?: string },
): ByHand {
  const hold = holds.find(({ id }) => id === holdId);
  const cause = problemWith(hold, { field: 'holdId', id: holdId, by });
  if (cause !== undefined || hold === undefined || orderKey === undefined) return { problem: cause! };
  const { code, rev } = hold;
  const event = exceptionEvent(
    'hold.released',
    { orderKey, id: holdId, rev, time: timeAfter(hold, at), by },
    { code: code as (typeof HOLD_CODES)[number], by, reason },
  );
  return { event };
}

type Statement = Parameters<typeof exceptionEvent>[1];

function decided(
  { orderKey, exceptions }: OrderState,
  { exceptionId, by, at, isForClosed }: Decision & { readonly isForClosed?: true },
  eventOf: (exception: ExceptionState, statement: Statement) => OrderEvent,
): ByHand {
  const exception = exceptions.find(({ id }) => id === exceptionId);
  const cause = problemWith(exception, { field: 'exceptionId', id: exceptionId, by, isForClosed });
  if (cause !== undefined || exception === undefined || orderKey === undefined) return { problem: cause! };
  const { rev } = exception;
  return { event: eventOf(exception, { orderKey, id: exceptionId, rev, time: timeAfter(exception, at), by }) };
}

/** After what was said of it last, also where the clock of who said so was ahead. */
const timeAfter = ({ since }: IssueState, at: Date): number => Math.max(at.getTime(), Date.parse(since) + 1);

function problemWith(
  issue: IssueState | undefined,
  { field, id, by, isForClosed }: { field: string; id: string; by: string; isForClosed?: true | undefined },
): EventProblem | undefined {
  const name = `${field} is ${JSON.stringify(id)}`;
  if (issue === undefined)
    return problem(field, `${name}, which this order does not have`, 'Take an id from its lists of issues.');
  if (!issue.isOpen && !isForClosed)
    return problem(field, `${name}, which is settled`, 'Take one that is open; look at the order again.');
  return by.trim() === '' ? problem('by', 'by is empty', 'Name who decides.') : undefined;
}

const problem = (field: string, message: string, fix: string): EventProblem => ({ field, message, fix });
