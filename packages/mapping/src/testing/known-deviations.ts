import type { Difference } from './both-engines.ts';

/** Differences from the mended reference that stay, each with its reason. */
export const KNOWN_DEVIATIONS: readonly {
  readonly reason: string;
  readonly covers: (difference: Difference) => boolean;
}[] = [
  {
    reason: 'a field named __proto__ in a result is refused: copied carelessly, it would set a prototype further on',
    covers: ({ ours }) => codeOf(ours) === 'DATA_FORBIDDEN_KEY',
  },
  {
    reason: 'where the reference stumbles over a JavaScript error of its own there is no answer to be equal to',
    covers: ({ mended, ours }) => codeOf(mended) === 'JAVASCRIPT' && isSound(ours),
  },
  {
    reason: 'where several parts fail the reference evaluates the mapping, and its stumbling has no code',
    covers: ({ reference, ours }) => codeOf(reference) === 'JAVASCRIPT' && 'code' in ours && ours.code === undefined,
  },
  {
    reason: 'strings are limited to 16 Mi characters, and pictures to what anybody may mean by one',
    covers: ({ ours }) => 'limit' in ours && ours.limit === 'string length',
  },
  {
    reason: 'where several fields of an object fail, ours tells of a limit first: beyond one, nothing else is tried',
    covers: ({ mended, ours }) => 'limit' in ours && codeOf(mended) !== undefined,
  },
];

function codeOf(outcome: Difference['ours']): unknown {
  return 'code' in outcome ? outcome.code : undefined;
}

/** Whatever it gives, it has neither crashed nor hung, nor changed what it was given. */
function isSound(ours: Difference['ours']): boolean {
  return !/^(?:CRASH|HANG|INPUT_CHANGED)/.test(String(codeOf(ours)));
}
