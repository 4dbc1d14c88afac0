/** Something to be timed; a promise is waited for. */
export type Work = () => unknown;

/**
 * Times works in turns: a batch of each, `rounds` times over, so that a machine that is busy for a while is so for all of them. A batch is as many
 * runs as take `batchMs`. Gives the median microseconds of one run, in the order of `works`; of processor time, as nothing here waits.
 */
export async function timeInTurns(
  works: readonly Work[],
  { rounds, batchMs }: { rounds: number; batchMs: number },
): Promise<number[]> {
  const sizes: number[] = [];
  for (const work of works) sizes.push(await batchSize(work, batchMs));
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) {
      const size = sizes[at] ?? 1;
      times[at]?.push(((await batchTime(work, size)) * 1000) / size);
    }
  }
  return times.map(median);
}

/** Doubles until a batch takes long enough; that warms up as well. */
async function batchSize(work: Work, batchMs: number): Promise<number> {
  for (let size = 1; ; size *= 2) {
    const tookMs = await batchTime(work, size);
    if (tookMs >= batchMs) return size;
    if (tookMs * 8 < batchMs) size *= 4;
  }
}

async function batchTime(work: Work, size: number): Promise<number> {
  const before = process.threadCpuUsage();
  for (let run = 0; run < size; run++) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
