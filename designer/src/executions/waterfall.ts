/** A stretch of work, ms from the execution's start. */
export interface Stretch {
  offsetMs: number;
  durationMs: number;
}

/** A gap drawn shorter than it was. */
export interface Gap {
  fromMs: number;
  toMs: number;
  /** Where it lies, as a share of the width. */
  at: number;
  width: number;
}

const GAP_SHARE = 0.12;
const SHORTEST_SHARE = 0.006;

/**
 * A scale on which a retry after an hour leaves the bars of milliseconds visible: time without work that is longer than
 * the work itself is drawn as a short break, all else true to scale.
 * @returns `place`, which gives a stretch's left edge and width as shares of 1, and the gaps that were shortened.
 */
export function waterfallScale(stretches: readonly Stretch[]): {
  place: (stretch: Stretch) => { left: number; width: number };
  gaps: Gap[];
} {
  const busy = mergeOverlapping(stretches);
  const work = busy.reduce((sum, { from, to }) => sum + to - from, 0) || 1;
  const longestGap = work * GAP_SHARE;
  const marks: { real: number; drawn: number }[] = [{ real: 0, drawn: 0 }];
  const shortened: { fromMs: number; toMs: number; drawn: number; length: number }[] = [];
  let drawn = 0;
  let real = 0;
  for (const { from, to } of busy) {
    const gap = from - real;
    const gapDrawn = Math.min(gap, longestGap);
    if (gap > work) shortened.push({ fromMs: real, toMs: from, drawn, length: gapDrawn });
    drawn += gap > work ? gapDrawn : gap;
    marks.push({ real: from, drawn });
    drawn += to - from;
    marks.push({ real: to, drawn });
    real = to;
  }
  const whole = drawn || 1;
  const at = (ms: number): number => {
    const after = marks.findIndex((mark) => mark.real >= ms);
    const next = marks[after];
    const last = marks.at(-1)!;
    if (next === undefined) return last.drawn / whole;
    const previous = marks[after - 1];
    if (previous === undefined || next.real === previous.real) return next.drawn / whole;
    const share = (ms - previous.real) / (next.real - previous.real);
    return (previous.drawn + share * (next.drawn - previous.drawn)) / whole;
  };
  return {
    place: ({ offsetMs, durationMs }) => {
      const left = Math.min(at(offsetMs), 1 - SHORTEST_SHARE);
      return { left, width: Math.min(Math.max(at(offsetMs + durationMs) - left, SHORTEST_SHARE), 1 - left) };
    },
    gaps: shortened.map(({ fromMs, toMs, drawn: from, length }) => ({
      fromMs,
      toMs,
      at: from / whole,
      width: length / whole,
    })),
  };
}

function mergeOverlapping(stretches: readonly Stretch[]): { from: number; to: number }[] {
  const sorted = stretches
    .map(({ offsetMs, durationMs }) => ({ from: offsetMs, to: offsetMs + durationMs }))
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const stretch of sorted) {
    const last = merged.at(-1);
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else merged.push({ ...stretch });
  }
  return merged;
}
