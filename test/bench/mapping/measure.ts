import { median } from '../figures/median.ts';

/** Something to be timed; a promise is waited for. */
export type Work = () => unknown;

interface Batches {
  readonly rounds: number;
  readonly batchMs: number;
}

/**
 * Times works in turns: a batch of each, `rounds` times over. A batch is as many runs as take `batchMs`, 15 at least. Gives the median microseconds
 * of one run, in the order of `works`; of processor time, as nothing here waits, so that what else the machine does counts for neither.
 */
export function timeInTurns(works: readonly Work[], batches: Batches): Promise<number[]> {
  return takeTurns(works, batches, busyMs, median);
}

/** The same for many small works: batches may be shorter than the processor's time is counted, and the quickest of them counts. */
export function timeQuickly(works: readonly Work[], batches: Batches): Promise<number[]> {
  return takeTurns(works, batches, wallMs, (values) => Math.min(...values));
}

async function takeTurns(
  works: readonly Work[],
  { rounds, batchMs }: Batches,
  clockMs: () => number,
  summary: (values: readonly number[]) => number,
): Promise<number[]> {
  const batch = async (work: Work, size: number): Promise<number> => {
    const startedAt = clockMs();
    for (let run = 0; run < size; run++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    return clockMs() - startedAt;
  };
  /** Doubles until a batch takes long enough; that warms up as well. */
  const sizeOf = async (work: Work): Promise<number> => {
    for (let size = 1; ; size *= 2) {
      const tookMs = await batch(work, size);
      if (tookMs >= batchMs) return size;
      if (tookMs * 8 < batchMs) size *= 4;
    }
  };
  const sizes: number[] = [];
  for (const work of works) sizes.push(await sizeOf(work));
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) {
      const size = sizes[at] ?? 1;
      times[at]?.push(((await batch(work, size)) * 1000) / size);
    }
  }
  return times.map(summary);
}

const wallMs = (): number => performance.now();

function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
