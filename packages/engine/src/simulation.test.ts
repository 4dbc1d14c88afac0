import { describe, expect, it } from 'vitest';
import type { EnginePorts } from './ports.ts';
import { simulate } from './testing/index.ts';

const SCHEDULES = 2_000;
// A loaded machine must not turn schedules into failures.
const PATIENCE = { timeout: 120_000 };

async function failingSeeds(parts: Omit<Parameters<typeof simulate>[0], 'seed'>, schedules: number): Promise<string[]> {
  const failing: string[] = [];
  for (let seed = 0; seed < schedules; seed++) {
    const problems = await simulate({ ...parts, seed });
    if (problems.length > 0) failing.push(`seed ${seed}: ${problems.join('; ')}`);
    if (failing.length >= 5) break;
  }
  return failing;
}

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

/** A wait that nobody ends. */
function noTimer(ports: EnginePorts): EnginePorts {
  return { ...ports, timers: { arm: async () => undefined } };
}

describe('by seeded schedules with crashes, lost acks, doubtful writes, early redelivery and doubled timers', () => {
  it('ends each accepted trigger exactly once, does each effect once by key and forgets nobody', PATIENCE, async () => {
    expect(await failingSeeds({}, SCHEDULES)).toEqual([]);
  });

  it('holds for one execution under many faults', PATIENCE, async () => {
    expect(await failingSeeds({ executions: 1, workers: 3, faults: 8 }, SCHEDULES / 3)).toEqual([]);
  });

  it('catches a timer that is armed before the journal shows the wait', PATIENCE, async () => {
    expect(await failingSeeds({ mutate: timerBeforeJournal }, 200)).not.toEqual([]);
  });

  it('catches a wait for which no timer is armed', PATIENCE, async () => {
    expect(await failingSeeds({ mutate: noTimer }, 200)).not.toEqual([]);
  });
});
