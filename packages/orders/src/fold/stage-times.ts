import { smaller } from '../decimal/fixed.ts';
import type { OrderEvent } from '../events/catalogue/index.ts';
import type { FactKind } from '../events/catalogue/lines.ts';
import { instantOf } from '../events/instant.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import type { Stage } from './headline.ts';
import type { FactStatement } from './line-facts.ts';
import { type QuantityStage, type ReplayedLine, StageReplay } from './stage-replay.ts';
import { FULFILMENT_STAGES } from './stages.ts';

export interface StageTime {
  /** What KPIs count by; a correction does not change it. RFC 3339. */
  readonly firstReachedAt: string;
  /** Undefined while the order is not there any more. RFC 3339. */
  readonly currentSince: string | undefined;
}

/** Quantities that came to one stage and not yet to the other. */
export interface Wait {
  readonly from: QuantityStage;
  readonly to: QuantityStage;
  /** Since when the one that came first waits. RFC 3339. */
  readonly since: string;
  /** Keys of the lines that wait, sorted. */
  readonly lines: readonly string[];
}

export interface StageHistory {
  readonly stageTimes: Readonly<Partial<Record<Stage, StageTime>>>;
  readonly waits: readonly Wait[];
}

interface Told {
  /** What was stated about quantities. */
  readonly statements: readonly FactStatement[];
  /** The other events. */
  readonly others: readonly OrderEvent[];
  readonly links: ResolvedLinks;
}

/**
 * When an order reached each stage and what waits between two, by the times at which things happened, not by those at which they were told: the
 * fold of what had happened until each moment. Links hold at all moments, as what they join was one thing from the start. As with the fold,
 * neither order nor repeats of the events matter; they come once each.
 */
export function stageHistory(told: Told): StageHistory {
  const replay = new StageReplay(told.links);
  const times: Partial<Record<Stage, StageTime>> = {};
  for (const { at, events, statements } of momentsOf(told)) {
    for (const event of events) replay.take(event);
    for (const statement of statements) replay.state(statement);
    const isReached = replay.reachedAt(at);
    for (const stage of STAGES) {
      const known = times[stage];
      const isThere = isReached(stage);
      if (isThere === (known?.currentSince !== undefined)) continue;
      const time = new Date(at).toISOString();
      times[stage] = { firstReachedAt: known?.firstReachedAt ?? time, currentSince: isThere ? time : undefined };
    }
  }
  return { stageTimes: times, waits: waitsOf(replay.lines) };
}

const STAGES: readonly Stage[] = ['received', 'validated', ...FULFILMENT_STAGES, 'invoiced'];

const WAITS = [
  ['allocated', 'picked'],
  ['picked', 'shipped'],
  ['shipped', 'invoiced'],
  ['delivered', 'invoiced'],
  ['invoiced', 'shipped'],
] as const satisfies readonly (readonly [QuantityStage, QuantityStage])[];

interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly events: OrderEvent[];
  readonly statements: FactStatement[];
}

/** Moments at which something happened that stages follow from, the oldest first. */
function momentsOf({ statements, others }: Told): Moment[] {
  const moments = new Map<number, Moment>();
  const momentAt = (at: number): Moment => {
    let moment = moments.get(at);
    if (!moment) {
      moment = { at, events: [], statements: [] };
      moments.set(at, moment);
    }
    return moment;
  };
  for (const event of others) if (MOVING.test(event.type)) momentAt(instantOf(event.time)).events.push(event);
  for (const statement of statements)
    if (!STILL.has(statement.kind)) momentAt(statement.stamp.at).statements.push(statement);
  return [...moments.values()].sort((a, b) => a.at - b.at);
}

/** Events from which stages follow, besides statements of quantities. */
const MOVING =
  /^com\.platform\.(order\.(received|amended|validated|confirmed)|shipment\.(created|updated|voided)|invoice\.\w+)\.v1$/;
/** Kinds of quantities from which no stage follows. */
const STILL: ReadonlySet<FactKind> = new Set([
  'confirmed',
  'backordered',
  'packed',
  'credited',
  'returned',
  'received',
]);

function waitsOf(lines: ReadonlyMap<string, ReplayedLine>): Wait[] {
  const waits: Wait[] = [];
  for (const [from, to] of WAITS) {
    let since = Number.POSITIVE_INFINITY;
    const waiting: string[] = [];
    for (const line of lines.values()) {
      const at = line.isGoods ? waitingSince(line, from, to) : undefined;
      if (at === undefined) continue;
      since = Math.min(since, at);
      waiting.push(line.lineKey);
    }
    if (waiting.length > 0) waits.push({ from, to, since: new Date(since).toISOString(), lines: waiting.sort() });
  }
  return waits;
}

/** Since when there was more at the one stage than there is now at the other: what came first goes first. Of what is due. */
function waitingSince(
  { history, amounts: now }: ReplayedLine,
  from: QuantityStage,
  to: QuantityStage,
): number | undefined {
  const { due } = now;
  const through = smaller(now[to], due);
  let since: number | undefined;
  for (let index = history.length - 1; index >= 0; index--) {
    const { at, amounts } = history[index]!;
    if (smaller(amounts[from], due) <= through) break;
    since = at;
  }
  return since;
}
