import { go } from 'fuzzysort';
import type { Command, CommandGroup } from './command.ts';

/** Below this a match is chance. */
const LEAST_SCORE = 0.4;
const MOST = 40;
/** What a letter found in the label, the hint, or the other words counts. */
const WEIGHTS = [1, 0.8, 0.7] as const;
/** How much better a recent command's match is taken to be, so that it wins over its like. */
const RECENT = 0.05;

/**
 * What the palette shows for a query, best first: groups by their best command. Without a query the recent commands come first, the latest on top,
 * then the others as they are given, without the minor ones. `recent` are ids, the latest first.
 */
export function rank(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
  recentLabel: string,
): CommandGroup[] {
  if (query.trim() === '') {
    const known = new Map(commands.map((command) => [command.id, command]));
    const latest = recent.flatMap((id) => known.get(id) ?? []);
    const others = commands.filter((command) => !command.isMinor && !latest.includes(command));
    return [...(latest.length > 0 ? [{ label: recentLabel, commands: latest }] : []), ...grouped(others)];
  }
  const found = go(query, commands, {
    keys: [({ label }) => label, ({ hint }) => hint ?? '', ({ words }) => words ?? ''],
    limit: MOST,
    threshold: LEAST_SCORE,
    scoreFn: (result) =>
      Math.max(...WEIGHTS.map((weight, at) => weight * (result[at]?.score ?? 0))) +
      (recent.includes(result.obj.id) ? RECENT : 0),
  });
  return grouped(found.map(({ obj }) => obj));
}

function grouped(commands: readonly Command[]): CommandGroup[] {
  const groups = Map.groupBy(commands, ({ group }) => group);
  return [...groups].map(([label, members]) => ({ label, commands: members }));
}
