/** For tests: the longest time that the event loop did not come around, of which this thread was busy. */
export function watchLoop(): { end(): number } {
  let longestMs = 0;
  let isOver = false;
  let at = performance.now();
  let cpu = process.threadCpuUsage();
  const turn = () => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(cpu);
    longestMs = Math.max(longestMs, Math.min(now - at, (user + system) / 1000));
    at = now;
    cpu = process.threadCpuUsage();
    if (!isOver) setTimeout(turn, 1);
  };
  turn();
  return {
    end() {
      isOver = true;
      turn();
      return longestMs;
    },
  };
}
