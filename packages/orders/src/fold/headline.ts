import type { Decisions } from './order-head.ts';
import type { QuoteState } from './quote-state.ts';
import type { FulfilmentStage, StageProgress } from './stages.ts';

/** The eight-stage view is these seven and `exception pending` over them. */
export type Stage = 'received' | 'validated' | FulfilmentStage | 'invoiced';

/** Where the order stands as a whole. */
export type Lifecycle =
  | 'unknown'
  | 'quoted'
  | 'quote accepted'
  | 'quote lost'
  | 'open'
  | 'rejected'
  | 'cancelled'
  | 'closed';

export type Headline = Stage | 'exception pending' | Exclude<Lifecycle, 'open' | 'closed'>;

export interface Tracks {
  readonly fulfilment: Readonly<Record<FulfilmentStage, StageProgress>>;
  readonly billing: { readonly invoiced: StageProgress; readonly isPaid: boolean };
}

/** The farthest stage: a view over the two tracks. */
export function stageOf({ fulfilment, billing }: Tracks, decisions: Decisions): Stage {
  const has = (stage: FulfilmentStage): boolean => fulfilment[stage].state === 'reached';
  if (has('delivered')) return 'delivered';
  if (billing.invoiced.state === 'reached' && has('shipped')) return 'invoiced';
  if (has('shipped')) return 'shipped';
  if (has('picked')) return 'picked';
  if (has('allocated')) return 'allocated';
  return decisions.validatedAt === undefined && decisions.confirmedAt === undefined ? 'received' : 'validated';
}

export function headlineOf(
  lifecycle: Lifecycle,
  { stage, isExceptionPending }: { stage: Stage | undefined; isExceptionPending: boolean },
): Headline {
  if (isExceptionPending) return 'exception pending';
  return lifecycle === 'open' || lifecycle === 'closed' ? stage! : lifecycle;
}

/** Before the order came: by its quotes, when it has any. One that may still be taken tells more than one that was lost. */
export function lifecycleBefore(quotes: readonly QuoteState[]): Lifecycle {
  const statuses = new Set(quotes.map(({ status }) => status));
  if (statuses.has('accepted')) return 'quote accepted';
  if (statuses.has('created')) return 'quoted';
  return statuses.has('lost') ? 'quote lost' : 'unknown';
}
