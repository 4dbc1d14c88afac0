import type { ExecutionAddress, JournalSnapshot } from '@crossdock/engine';
import { readRecord } from './cas-record.ts';
import { sendCommand } from './commands.ts';
import { inParallel } from './in-parallel.ts';
import { isTerminalStatus } from './journal.ts';
import { decodeSnapshot } from './journal-codec.ts';
import { ackFloors, type FloorOf, isLetGo } from './let-go.ts';
import type { Link } from './link.ts';
import { addressOfJournalSubject, HEADERS, JOURNAL_FILTER, journalSubject, runSubject } from './names.ts';
import { scanHeaders } from './scan-headers.ts';
import { STREAMS } from './streams.ts';
import { type TurnTimes, takeTurns } from './turns.ts';

/** When the reconciler looks, and what it takes for left alone; in milliseconds. */
export interface ReconcilerTimes extends TurnTimes {
  /** A sleeper should have been woken so long ago. */
  overdueMs: number;
  /** A running execution has written nothing for so long. */
  stillMs: number;
}

export const RECONCILER_TIMES: Readonly<ReconcilerTimes> = {
  firstAfterMs: 120_000,
  intervalMs: 300_000,
  overdueMs: 120_000,
  stillMs: 600_000,
};

const CHECKS_AT_ONCE = 16;

/**
 * Looks every `intervalMs`, one worker of all, for executions that nobody will carry on, and sends each a command to go on. There should be
 * none: whoever is found tells of a broken promise, and `onRepair` counts it.
 */
export function startReconciler(link: Link, times: ReconcilerTimes, onRepair: () => void): { stop(): Promise<void> } {
  return takeTurns(link, 'reconciler', times, (isStopping) => reconcile(link, times, { onRepair, isStopping }));
}

/** One look over the journal; gives the number of executions that were told to go on. */
export async function reconcile(
  link: Link,
  times: Pick<ReconcilerTimes, 'overdueMs' | 'stillMs'>,
  { onRepair, isStopping }: { onRepair(): void; isStopping(): boolean } = {
    onRepair: () => undefined,
    isStopping: () => false,
  },
): Promise<number> {
  const suspects: ExecutionAddress[] = [];
  await scanHeaders(link, STREAMS.journal, JOURNAL_FILTER, isStopping, ({ subject, headers, storedAt }) => {
    const status = headers?.get(HEADERS.status);
    if (!status || isTerminalStatus(status)) return;
    const due = headers?.get(HEADERS.due);
    const isSuspect = due ? Number(due) + times.overdueMs < Date.now() : storedAt + times.stillMs < Date.now();
    const address = isSuspect ? addressOfJournalSubject(subject) : undefined;
    if (address) suspects.push(address);
  });
  const floorOf = ackFloors(link);
  const repaired = await inParallel(suspects, CHECKS_AT_ONCE, async (address) => {
    const snapshot = isStopping() ? undefined : await orphan(link, address, times, floorOf);
    if (snapshot === undefined) return false;
    await sendCommand(link, address, { type: 'resume' }, snapshot.lease);
    link.log.error(
      { ...address, status: snapshot.status, wakeAt: snapshot.wakeAt },
      'an execution was left alone and is told to go on',
    );
    onRepair();
    return true;
  });
  return repaired.filter(Boolean).length;
}

/**
 * The snapshot of an execution that nobody will carry on, asked of the leaders. Its messages first, its journal behind them: whoever acks a
 * message has written before, so what is still as it was then has been left alone.
 */
async function orphan(
  link: Link,
  address: ExecutionAddress,
  { overdueMs, stillMs }: Pick<ReconcilerTimes, 'overdueMs' | 'stillMs'>,
  floorOf: FloorOf,
): Promise<JournalSnapshot | undefined> {
  if ((await link.last(STREAMS.run, runSubject(address))) !== undefined) return undefined;
  const place = { stream: STREAMS.journal, subject: journalSubject(address) };
  const stored = await readRecord<JournalSnapshot>(link, place, decodeSnapshot);
  if (stored === undefined || isTerminalStatus(stored.value.status)) return undefined;
  const { value: snapshot, storedAt, version } = stored;
  const { asleep, wakeAt } = snapshot;
  if (asleep) return wakeAt !== undefined && Date.parse(wakeAt) + overdueMs < Date.now() ? snapshot : undefined;
  if (storedAt + stillMs >= Date.now() || !(await isLetGo(link, address, snapshot, floorOf))) return undefined;
  return (await readRecord(link, place, decodeSnapshot))?.version === version ? snapshot : undefined;
}
