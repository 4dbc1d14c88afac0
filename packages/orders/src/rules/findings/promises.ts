import type { LineState, OrderState } from '../../fold/order-state.ts';
import type { Cause } from '../rule.ts';
import { type Finding, isInWork, isLess, isoOf, type Look } from './finding.ts';

type MissedCause = Extract<Cause, { kind: 'promise missed' }>;

/** What is promised and not there in time, now or by what the carrier says. */
export function missedFindings({ by }: MissedCause, { state }: Look): Finding[] {
  if (!isInWork(state)) return [];
  if (by === 'now') {
    const promise = duePromise(state, (line) => isMissing(line, basisOf(line, state)));
    return promise === undefined
      ? []
      : [{ raiseAt: promise, reason: `promised for ${isoOf(promise)}, and not all is there` }];
  }
  const promise = duePromise(state, (line) => basisOf(line, state) === 'deliver' && isMissing(line, 'deliver'));
  if (promise === undefined) return [];
  return state.shipments
    .filter(
      ({ status, deliveredAt, lastScan }) =>
        status === 'open' && deliveredAt === undefined && lastScan?.status !== 'delivered',
    )
    .filter(({ estimatedAt }) => estimatedAt !== undefined && Date.parse(estimatedAt) > promise)
    .map(({ key, estimatedAt }) => ({
      about: key,
      raiseAt: Math.min(Date.parse(state.heardAt!), promise),
      until: promise,
      reason: `should arrive at ${isoOf(Date.parse(estimatedAt!))}, promised for ${isoOf(promise)}`,
    }));
}

type Basis = 'ship' | 'deliver';

function basisOf(line: LineState, { head }: OrderState): Basis {
  return (line.promisedTo === undefined ? head?.promised?.basis : line.promisedBasis) ?? 'deliver';
}

const isMissing = ({ quantities: { shipped, delivered, due } }: LineState, basis: Basis): boolean =>
  isLess(basis === 'ship' ? shipped : delivered, due);

/** The earliest promised date of goods of which something is due and that are meant; in milliseconds since 1970. */
export function duePromise(state: OrderState, isMeant: (line: LineState) => boolean): number | undefined {
  const dates = state.lines
    .filter((line) => line.requiresFulfilment && line.quantities.due !== '0' && isMeant(line))
    .flatMap(({ promisedTo = state.head?.promised?.to }) => (promisedTo === undefined ? [] : [Date.parse(promisedTo)]));
  return dates.length === 0 ? undefined : Math.min(...dates);
}
