import type { OrderEvent } from '../events/catalogue/index.ts';
import { isLinkStatement } from '../xref/resolve-links.ts';
import { distinctEvents } from './distinct-events.ts';
import { type FoldOptions, foldOrder } from './fold-order.ts';
import type { Stage } from './headline.ts';
import type { OrderState } from './order-state.ts';
import { FULFILMENT_STAGES } from './stages.ts';

export interface StageTime {
  /** What KPIs count by; a correction does not change it. RFC 3339. */
  readonly firstReachedAt: string;
  /** Undefined while the order is not there any more. RFC 3339. */
  readonly currentSince: string | undefined;
}

/**
 * When an order reached each stage, by the times at which things happened, not by those at which they were told: the fold of what had happened
 * until each moment. Links hold at all moments, as what they join was one thing from the start. As with the fold, neither order nor repeats of
 * the events matter. It folds once per moment: for the events of one order, not for long streams.
 */
export function stageTimes(
  given: Iterable<OrderEvent>,
  options?: FoldOptions,
): Readonly<Partial<Record<Stage, StageTime>>> {
  const { events } = distinctEvents(given);
  const links = events.filter(isLinkStatement);
  const told = events.filter((event) => !isLinkStatement(event));
  const moments = [...Map.groupBy(told, ({ time }) => Date.parse(time))].sort(([a], [b]) => a - b);
  const times: Partial<Record<Stage, StageTime>> = {};
  const happened: OrderEvent[] = [...links];
  for (const [at, now] of moments) {
    happened.push(...now);
    const reached = reachedStages(foldOrder(happened, options));
    const time = new Date(at).toISOString();
    for (const stage of STAGES) {
      const known = times[stage];
      if (!reached.has(stage)) {
        if (known) times[stage] = { ...known, currentSince: undefined };
      } else if (known?.currentSince === undefined)
        times[stage] = { firstReachedAt: known?.firstReachedAt ?? time, currentSince: time };
    }
  }
  return times;
}

const STAGES: readonly Stage[] = ['received', 'validated', ...FULFILMENT_STAGES, 'invoiced'];

/** Each by itself: an order may be billed before it is shipped. */
function reachedStages({ head, decisions, fulfilment, billing }: OrderState): ReadonlySet<Stage> {
  const reached = new Set<Stage>();
  if (head === undefined) return reached;
  reached.add('received');
  if (decisions.validatedAt !== undefined || decisions.confirmedAt !== undefined) reached.add('validated');
  for (const stage of FULFILMENT_STAGES) if (fulfilment[stage].state === 'reached') reached.add(stage);
  if (billing.invoiced.state === 'reached') reached.add('invoiced');
  return reached;
}
