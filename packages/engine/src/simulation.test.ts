import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { EnginePorts } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { type MemoryBus, type ScenarioName, scenarios, simulate } from './testing/index.ts';

/** A loaded machine must not turn schedules into failures. */
const PATIENCE = { timeout: 600_000 };
/** Schedules over all kinds of work. The full number runs in the gate; the quick loop takes a sample. */
const SCHEDULES = process.env.CROSSDOCK_SCHEDULES === undefined ? 3_500 : Number(process.env.CROSSDOCK_SCHEDULES);
const NAMES = Object.keys(scenarios) as ScenarioName[];

/** Runs the seeds of one thread: one after the other, kind by kind in turn. */
function runSeeds(part: { first: number; step: number; count: number }): Promise<string[]> {
  const worker = new Worker(new URL('testing/simulate-seeds.ts', import.meta.url), { workerData: part });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function caught(
  scenario: ScenarioName,
  mutate: (ports: EnginePorts, bus: MemoryBus) => EnginePorts,
  schedules = 600,
): Promise<boolean> {
  for (let seed = 0; seed < schedules; seed++)
    if ((await simulate({ scenario, mutate, seed, faults: 8 })).length > 0) return true;
  return false;
}

describe(`by ${SCHEDULES} seeded schedules with crashes, lost acks, doubtful writes, early redelivery, late and doubled timers, cancellations`, () => {
  it(
    'ends each trigger once, does each effect once by key, keeps order, undoes and asks as it says, forgets nobody',
    PATIENCE,
    async () => {
      const threads = Math.min(2, availableParallelism());
      const parts = Array.from({ length: threads }, (_, first) => runSeeds({ first, step: threads, count: SCHEDULES }));
      expect((await Promise.all(parts)).flat()).toEqual([]);
    },
  );

  it('holds for one execution under many faults', PATIENCE, async () => {
    for (const scenario of NAMES)
      for (let seed = 0; seed < 60; seed++)
        expect(await simulate({ scenario, seed, executions: 1, workers: 3, faults: 12 })).toEqual([]);
  });
});

/** The order of the first prototype: the timer is armed before its record is written. */
function timerBeforeJournal(ports: EnginePorts): EnginePorts {
  return {
    ...ports,
    journal: {
      ...ports.journal,
      write: async (snapshot, version) => {
        const { env, flowId, executionId, lease: token, wakeAt } = snapshot;
        if (wakeAt !== undefined) await ports.timers.arm({ env, flowId, executionId }, { token, dueAt: wakeAt });
        return ports.journal.write(snapshot, version);
      },
    },
    timers: { arm: async () => undefined },
  };
}

const noTimer = (ports: EnginePorts): EnginePorts => ({ ...ports, timers: { arm: async () => undefined } });

/** Reads by a follower that is behind. */
function staleReads(ports: EnginePorts, bus: MemoryBus): EnginePorts {
  const read = async (address: { executionId: string }) => {
    const writes = bus.history.get(address.executionId) ?? [];
    const stale = writes.at(-2);
    return stale && { snapshot: structuredClone(stale) as JournalSnapshot, version: writes.length - 1 };
  };
  return { ...ports, journal: { ...ports.journal, read } };
}

/** A journal that writes over whatever is there. */
function noCompareAndSwap(ports: EnginePorts, bus: MemoryBus): EnginePorts {
  const write = async (snapshot: JournalSnapshot): Promise<number> => {
    const version = bus.journal.get(snapshot.executionId)?.version ?? 0;
    return ports.journal.write(snapshot, version);
  };
  return { ...ports, journal: { ...ports.journal, write } };
}

describe('the simulation catches', () => {
  it('a timer that is armed before the journal shows the wait', PATIENCE, async () => {
    expect(await caught('retries', timerBeforeJournal)).toBe(true);
  });

  it('a wait for which no timer is armed', PATIENCE, async () => {
    expect(await caught('retries', noTimer)).toBe(true);
  });

  it('reads that are behind, and writes that do not compare', PATIENCE, async () => {
    expect(await caught('retries', staleReads)).toBe(true);
    expect(await caught('retries', noCompareAndSwap)).toBe(true);
  });

  it('a lane that takes the newest trigger first, and one that nobody drains', PATIENCE, async () => {
    const newestFirst = (ports: EnginePorts, bus: MemoryBus): EnginePorts => ({
      ...ports,
      lanes: {
        ...ports.lanes,
        next: async (lane, afterSeq) => {
          let newest = bus.nextInLane(lane, afterSeq);
          for (let later = newest; later; later = bus.nextInLane(lane, later.seq)) newest = later;
          return newest;
        },
      },
    });
    expect(await caught('lanes', newestFirst)).toBe(true);
    const onlyFirst = (ports: EnginePorts): EnginePorts => ({
      ...ports,
      lanes: { ...ports.lanes, next: async (lane, after) => (after > 0 ? undefined : ports.lanes.next(lane, after)) },
    });
    expect(await caught('lanes', onlyFirst)).toBe(true);
  });

  it('an event that is not looked for after listening began', PATIENCE, async () => {
    const deaf = (ports: EnginePorts): EnginePorts => ({
      ...ports,
      commands: {
        send: async (address, command) => (command.type === 'bell' ? undefined : ports.commands.send(address, command)),
      },
      children: { ...ports.children, countEnds: async () => 0 },
    });
    expect(await caught('children', deaf)).toBe(true);
  });
});
