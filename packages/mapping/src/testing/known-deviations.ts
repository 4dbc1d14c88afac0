import type { Difference } from './both-engines.ts';

/** Differences that stay, each with its reason. */
export const KNOWN_DEVIATIONS: readonly {
  readonly reason: string;
  readonly covers: (difference: Difference) => boolean;
}[] = [
  {
    reason: 'a field named __proto__ in a result is refused: copied carelessly, it would set a prototype further on',
    covers: ({ ours }) => 'code' in ours && ours.code === 'DATA_FORBIDDEN_KEY',
  },
  {
    reason:
      'where the reference stumbles over a JavaScript error of its own there is no answer to be equal to; ours fails too',
    covers: ({ reference, ours }) => codeOf(reference) === 'JAVASCRIPT' && 'code' in ours,
  },
  {
    reason:
      'the reference changes its input where a list is empty or marked, and later parts of the mapping see that; ours never does',
    covers: ({ referenceChangedInput, ours }) => referenceChangedInput && codeOf(ours) !== 'INPUT_CHANGED',
  },
];

function codeOf(outcome: Difference['reference']): unknown {
  return 'code' in outcome ? outcome.code : undefined;
}
