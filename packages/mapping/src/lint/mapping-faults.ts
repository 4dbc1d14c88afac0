import type { Finding } from './finding.ts';
import { lintMapping } from './lint-mapping.ts';

const MAX_KNOWN = 1000;
const known = new Map<string, readonly Finding[]>();

/**
 * Where a mapping fails or never works, whatever arrives: what lint tells as errors without knowing any shapes, and calls of functions that do not
 * exist, as what a flow gives a mapping is data. Remembered, so that a flow may be checked at each of its changes.
 */
export function mappingFaults(source: string): readonly Finding[] {
  const remembered = known.get(source);
  if (remembered) return remembered;
  const unknownFunctions = lintMapping(source, { variables: {} }).filter(({ code }) => code === 'UNKNOWN_FUNCTION');
  const others = lintMapping(source).filter(
    ({ code, severity }) => severity === 'error' && code !== 'UNKNOWN_FUNCTION',
  );
  const faults = [...unknownFunctions, ...others].sort((a, b) => a.from - b.from);
  const [oldest] = known.keys();
  if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(source, faults);
  return faults;
}
