/** Time in milliseconds that this thread was busy: on a busy machine the clock on the wall goes on while others have the processor. */
export function busyMs<Result>(work: () => Result): { result: Result; tookMs: number } {
  const before = process.threadCpuUsage();
  const startedAt = performance.now();
  const result = work();
  const { user, system } = process.threadCpuUsage(before);
  return { result, tookMs: Math.min(performance.now() - startedAt, (user + system) / 1000) };
}
