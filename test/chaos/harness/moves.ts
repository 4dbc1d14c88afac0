import type { Accepted } from './load.ts';

/** A change of the revision that runs in an environment, with when it was asked for and when the API said that it is done. */
export interface Move {
  env: string;
  revision: number;
  askedAt: number;
  doneAt: number;
}

/**
 * The revisions that may have been stamped on a trigger, when a move is in effect everywhere `withinMs` after it is done. `moves` are those of the
 * trigger's environment, in their order.
 */
export function rightRevisions(
  moves: readonly Move[],
  { sentAt, acceptedAt }: Pick<Accepted, 'sentAt' | 'acceptedAt'>,
  withinMs: number,
): Set<number> {
  const possible = moves.filter(({ askedAt }, at) => {
    const next = moves[at + 1];
    return askedAt <= acceptedAt && (next === undefined || next.doneAt + withinMs >= sentAt);
  });
  return new Set(possible.map(({ revision }) => revision));
}

/**
 * How long after each move the revision before it was still stamped, in milliseconds since it was asked for: the latest acceptance that came out
 * on the old one. A trigger's revision is taken between its sending and its acceptance, so this is never too short.
 */
export function effectTimes(
  moves: readonly Move[],
  ran: readonly (Pick<Accepted, 'sentAt' | 'acceptedAt'> & { revision: number })[],
): number[] {
  return moves.slice(1).map((move, at) => {
    const before = moves[at]?.revision;
    const until = moves[at + 2]?.askedAt ?? Number.POSITIVE_INFINITY;
    const late = ran.filter(
      ({ revision, acceptedAt }) => revision === before && acceptedAt > move.askedAt && acceptedAt < until,
    );
    return Math.max(0, ...late.map(({ acceptedAt }) => acceptedAt - move.askedAt));
  });
}
