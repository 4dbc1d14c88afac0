/** Reads the counters of one address and keeps what processes counted that have ended since. */
export interface Meter {
  read(): Promise<void>;
  /** The process behind the address has ended: its counts stay, and the next one begins at 0. */
  newLife(): void;
  /** The sum over all lives, of the samples whose name and labels hold all of `parts`. */
  total(...parts: string[]): number;
  /** The last reading of a gauge or counter in this life; undefined when it was not there. */
  now(...parts: string[]): number | undefined;
}

export function createMeter(baseUrl: string): Meter {
  const banked = new Map<string, number>();
  let current = new Map<string, number>();
  const sum = (samples: ReadonlyMap<string, number>, parts: readonly string[]): number | undefined => {
    const values = [...samples]
      .filter(([name]) => parts.every((part) => name.includes(part)))
      .map(([, value]) => value);
    return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0);
  };
  return {
    async read() {
      try {
        const answer = await fetch(`${baseUrl}/metrics`, { signal: AbortSignal.timeout(2000) });
        if (answer.ok) current = parseSamples(await answer.text());
      } catch {
        // It is down or frozen: the last reading stands.
      }
    },
    newLife() {
      for (const [name, value] of current) banked.set(name, (banked.get(name) ?? 0) + value);
      current = new Map();
    },
    total: (...parts) => (sum(banked, parts) ?? 0) + (sum(current, parts) ?? 0),
    now: (...parts) => sum(current, parts),
  };
}

/** `name{labels} value` lines of the Prometheus text format. */
function parseSamples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}
