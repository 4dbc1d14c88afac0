const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** A duration in words, in its largest unit: `3 h`, `12 min`. */
export function shortly(ms: number): string {
  const [length, unit] = UNITS.find(([at]) => ms >= at) ?? [1_000, 's'];
  return `${Math.round(ms / length)} ${unit}`;
}

/** `1 message`, `2 messages`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
