/** Prints what a test measured as one line that can be found again: `## <test>: name=value …`. */
export function report(test: string, figures: Record<string, unknown>): void {
  const text = Object.entries(figures).map(([name, value]) => `${name}=${shown(value)}`);
  console.log(`## ${test}: ${text.join(' ')}`);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
