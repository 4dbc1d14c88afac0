import type { Parameter } from './signature-parse.ts';

/**
 * How many arguments each parameter takes, or undefined where they do not fit: what the regular expression of the parameters would find,
 * without its exponential time. With `whole`, all arguments must be taken.
 */
export function takenBy(
  params: readonly Parameter[],
  kinds: readonly number[],
  whole: boolean,
): readonly number[] | undefined {
  const counts: number[] = [];
  const failed = new Set<number>();
  const fits = (at: number, from: number): boolean => {
    const param = params[at];
    if (param === undefined) return !whole || from === kinds.length;
    const state = at * (kinds.length + 1) + from;
    if (failed.has(state)) return false;
    for (const count of countsFor(param, kinds, from)) {
      counts[at] = count;
      if (fits(at + 1, from + count)) return true;
    }
    failed.add(state);
    return false;
  };
  return fits(0, 0) ? counts : undefined;
}

/** The numbers of arguments to try, the preferred one first. */
function countsFor({ kinds: taken, repeats }: Parameter, kinds: readonly number[], from: number): readonly number[] {
  const most = repeats[0] === '+' ? kinds.length - from : 1;
  let run = 0;
  while (run < most && ((kinds[from + run] ?? 0) & taken) !== 0) run++;
  const least = repeats[0] === '?' ? 0 : 1;
  const counts: number[] = [];
  for (let count = run; count >= least; count--) counts.push(count);
  return repeats.length === 2 ? counts.reverse() : counts;
}
