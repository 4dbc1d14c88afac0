import { fixedOf } from '../../decimal/fixed.ts';
import type { Stage } from '../../fold/headline.ts';
import type { LineState, OrderState } from '../../fold/order-state.ts';
import { endOf, spanText } from '../limits.ts';
import type { Cause } from '../rule.ts';
import { type Finding, isInWork, isLess, isoOf, type Look } from './finding.ts';
import { duePromise } from './promises.ts';

type StageCause = Extract<Cause, { kind: 'stage' }>;
type NearCause = Extract<Cause, { kind: 'promise near' }>;

/** What came to a stage and is not at the next in time. */
export function stageFindings(cause: StageCause, { state, rule }: Look): Finding[] {
  const { from, to, within, isPatient } = cause;
  if (!isInWork(state) || isThrough(cause, state)) return [];
  const reached = waitingSince(from, to, state);
  const since = reached === undefined ? undefined : begins(reached, state, isPatient);
  if (since === undefined) return [];
  const reason = `${from} since ${isoOf(since)}, not ${to} within ${spanText(within)}`;
  return [{ raiseAt: endOf(since, within, rule.calendar), reason }];
}

/** Orders that are not allocated, shortly before they are promised. Goods leave before they arrive, so either date tells. */
export function nearFindings(
  { before, isBegunEnough, isPatient, isForShipComplete }: NearCause,
  { state }: Look,
): Finding[] {
  if (!isInWork(state) || (isForShipComplete && state.head?.shipComplete !== true)) return [];
  const promise = duePromise(state, ({ quantities }) => isLess(quantities.allocated, quantities.due));
  const validatedAt = state.stageTimes.validated?.currentSince;
  if (promise === undefined || validatedAt === undefined || isThrough({ to: 'allocated', isBegunEnough }, state))
    return [];
  const since = begins(Date.parse(validatedAt), state, isPatient);
  if (since === undefined) return [];
  const raiseAt = Math.max(since, promise - before.minutes * 60_000);
  return [{ raiseAt, reason: `not allocated ${spanText(before)} before ${isoOf(promise)}, when it is promised` }];
}

/** Whether there is nothing to wait for; of quantities the waits tell. */
function isThrough({ to, isBegunEnough }: Pick<StageCause, 'to' | 'isBegunEnough'>, state: OrderState): boolean {
  const { decisions, fulfilment, billing, lines } = state;
  const isMoving = fulfilment.allocated.state !== 'none';
  if (to === 'validated')
    return (
      (decisions.validatedAt ?? decisions.confirmedAt) !== undefined || isMoving || billing.invoiced.state !== 'none'
    );
  if (to !== 'allocated') return false;
  return (isBegunEnough === true && isMoving) || lines.filter(needsGoods).every(isCovered);
}

const needsGoods = ({ requiresFulfilment }: LineState): boolean => requiresFulfilment;

/** All that is due is allocated, or is known to come later. */
const isCovered = ({ quantities: { due, allocated, backordered } }: LineState): boolean =>
  fixedOf(allocated) + fixedOf(backordered) >= fixedOf(due);

function waitingSince(from: Stage, to: Stage, { stageTimes, waits }: OrderState): number | undefined {
  const since =
    from === 'received' || from === 'validated'
      ? stageTimes[from]?.currentSince
      : waits.find((wait) => wait.from === from && wait.to === to)?.since;
  return since === undefined ? undefined : Date.parse(since);
}

/** From when time counts; undefined while it does not. */
function begins(since: number, { head, holds }: OrderState, isPatient: true | undefined): number | undefined {
  if (!isPatient) return since;
  if (holds.some(({ isOpen }) => isOpen)) return undefined;
  const releases = [head?.releaseAt, ...holds.map((hold) => hold.since)].flatMap((at) =>
    at === undefined ? [] : [Date.parse(at)],
  );
  return Math.max(since, ...releases);
}
