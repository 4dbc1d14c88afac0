import type { Core } from './core.ts';
import type { Lease } from './ports.ts';
import type { Command, JournalSnapshot } from './records.ts';
import { settleForeign } from './settle.ts';
import { timeOf } from './timestamp.ts';
import { markArrivals } from './wait-arrivals.ts';

const RESOLVE_PAUSE_MS = 500;

/**
 * What a command does to an execution that another lease carries, or that sleeps. True when it is to be carried on under this lease: the
 * first write claims it, and whoever else tries loses. Else the command has nothing to do here (any more) and is settled like any lease
 * that is not the journal's: it may be the one that put the execution to sleep and died before its timer.
 */
export async function takeCommand(core: Core, lease: Lease, snapshot: JournalSnapshot): Promise<boolean> {
  const { command } = lease;
  const takes = snapshot.asleep === true && command !== undefined && (await fits(core, lease, snapshot, command));
  // Other branches are at work: what a person decided is not lost, it is told again when they have ended or sleep.
  if (!snapshot.asleep && command?.type === 'resolve') lease.release(RESOLVE_PAUSE_MS);
  else if (!takes) await settleForeign(core, lease, snapshot);
  return takes;
}

async function fits(core: Core, { address }: Lease, snapshot: JournalSnapshot, command: Command): Promise<boolean> {
  switch (command.type) {
    case 'bell':
      return markArrivals(core.ports, address, snapshot.frontier);
    case 'resolve':
      return resolve(core, snapshot, command);
    case 'cancel':
      return snapshot.status !== 'compensating';
    // Its token is the journal's, or the journal has moved on since.
    case 'resume':
    case 'drain':
      return false;
  }
}

function resolve({ ports }: Core, snapshot: JournalSnapshot, command: Extract<Command, { type: 'resolve' }>): boolean {
  const { nodeId, iteration, doubtId, outcome, by, output } = command;
  const entry = snapshot.frontier.find((one) => one.nodeId === nodeId && one.iteration === iteration);
  if (entry?.wait?.kind !== 'doubt' || entry.wait.id !== doubtId || entry.wait.resolved) return false;
  const outputRef = `resolved.${nodeId}.${iteration}`;
  const hasOutput = outcome === 'done' && output !== undefined;
  // Sealed by whoever sent it, as it rests on the bus.
  if (hasOutput) snapshot.outputs[outputRef] = { value: output };
  entry.wait.resolved = { outcome, by, ...(hasOutput ? { outputRef } : {}) };
  snapshot.pausedMs = (snapshot.pausedMs ?? 0) + ports.clock.now() - timeOf(entry.wait.since);
  return true;
}
