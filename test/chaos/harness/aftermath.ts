import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionStatus, type JournalSnapshot, TERMINAL_STATUSES } from '@crossdock/engine';
import type { BusView } from './bus-view.ts';
import type { Fleet } from './fleet.ts';
import type { Accepted } from './load.ts';
import type { Oracle } from './oracle.ts';
import { judge, type Verdict } from './verdict.ts';

const TERMINAL: ReadonlySet<ExecutionStatus> = new Set(TERMINAL_STATUSES);
const LOOK_EVERY_MS = 250;

/** What a run left behind, once everything was through or time was up. Lists hold execution ids where they are not the verdict's. */
export interface Aftermath extends Verdict {
  /** From the call to the moment when all was through; undefined when it was not in time. */
  drainMs: number | undefined;
  /** Accepted and not ended. */
  stuck: string[];
  /** Ended otherwise than in success, with how. */
  unsuccessful: string[];
  /** Timers that nobody waits for, left when all was through. */
  idleTimers: string[];
  /** Messages that consumers have still to deliver or to see acked. */
  pending: number;
  /** What the reconciler had to repair. */
  repairs: number;
}

/**
 * Waits until every accepted trigger has ended and the consumers are empty, then looks at everything. `effects` counts those of other triggers
 * too, where the oracle has some.
 */
export async function aftermath(
  { fleet, oracle, view }: { fleet: Fleet; oracle: Oracle; view: BusView },
  accepted: readonly Accepted[],
  expected: { nodes: readonly string[]; inOrder?: boolean; withinMs: number; effects?: number },
): Promise<Aftermath> {
  const startedAt = Date.now();
  const ids = [...new Set(accepted.map(({ executionId }) => executionId))];
  const effects = expected.effects ?? accepted.length * expected.nodes.length;
  let journals = new Map<string, JournalSnapshot>();
  let drainMs: number | undefined;
  while (drainMs === undefined && Date.now() - startedAt < expected.withinMs) {
    if ((await appliedAt(oracle)) >= effects && (await view.pending()) === 0) {
      const at = Date.now();
      journals = await view.journals();
      if (ids.every((id) => isOver(journals.get(id)))) drainMs = at - startedAt;
    }
    if (drainMs === undefined) await sleep(LOOK_EVERY_MS);
  }
  if (drainMs === undefined) journals = await view.journals();
  await fleet.readMeters();
  const timers = await view.timers();
  return {
    ...judge(accepted, await oracle.calls(), expected),
    drainMs,
    stuck: ids.filter((id) => !isOver(journals.get(id))),
    unsuccessful: ids
      .map((id) => journals.get(id))
      .filter((journal) => isOver(journal) && journal?.status !== 'succeeded')
      .map((journal) => `${journal?.executionId} ${journal?.status} ${journal?.error?.code}`),
    idleTimers: [...timers].filter((id) => isOver(journals.get(id))),
    pending: await view.pending(),
    repairs: fleet.total('crossdock_reconciler_repairs_total'),
  };
}

/** What must be the case after every run, for `toMatchObject`. */
export const NOTHING_WRONG = {
  lost: [],
  twice: [],
  outOfOrder: [],
  stray: [],
  stuck: [],
  unsuccessful: [],
  idleTimers: [],
  pending: 0,
  repairs: 0,
} satisfies Partial<Aftermath>;

function isOver(journal: JournalSnapshot | undefined): boolean {
  return journal !== undefined && TERMINAL.has(journal.status);
}

async function appliedAt(oracle: Oracle): Promise<number> {
  return Object.values((await oracle.counts()).applied).reduce((sum, count) => sum + count, 0);
}
