const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in its two largest units, short: `4 ms`, `1.2 s`, `3 min 5 s`, `2 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return ms <= 0 ? '0 ms' : '< 1 ms';
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${trim(ms / SECOND)} s`;
  if (ms < HOUR) return two(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY) return two(ms, HOUR, 'h', MINUTE, 'min');
  return two(ms, DAY, 'd', HOUR, 'h');
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function two(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rounded = Math.round(ms / small) * small;
  const rest = Math.floor((rounded % large) / small);
  const first = `${Math.floor(rounded / large)} ${largeUnit}`;
  return rest === 0 ? first : `${first} ${rest} ${smallUnit}`;
}
