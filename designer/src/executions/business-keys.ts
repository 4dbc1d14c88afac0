import { MASKED } from '../ui/index.ts';

/** An execution's business keys in the order to show them: what can be read first, masked values last. */
export function businessKeys(keys: Record<string, unknown>): (readonly [name: string, values: string[]])[] {
  return Object.entries(keys)
    .map(([name, value]) => [name, [value].flat().map(String).sort(byMasked)] as const)
    .sort(([, [one]], [, [other]]) => byMasked(one, other));
}

/** All key values in one line. */
export function keyLine(keys: Record<string, unknown>): string {
  return businessKeys(keys)
    .flatMap(([, values]) => values)
    .join(' · ');
}

function byMasked(one: string | undefined, other: string | undefined): number {
  return Number(one === MASKED) - Number(other === MASKED);
}
