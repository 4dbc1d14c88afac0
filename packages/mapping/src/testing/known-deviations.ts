import type { Difference } from './both-engines.ts';

/** Differences that stay, each with its reason. */
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
    covers: ({ reference, ours }) => codeOf(reference) === 'JAVASCRIPT' && isSound(ours),
  },
  {
    reason: 'strings are limited to 16 Mi characters, and pictures to what anybody may mean by one',
    covers: ({ ours }) => 'limit' in ours && ours.limit === 'string length',
  },
  {
    reason:
      'the reference writes source text of its own where $replace is given a function for a text; ours refuses it',
    covers: ({ source, ours }) => source.includes('$replace') && codeOf(ours) === 'D3012',
  },
  {
    reason:
      'with a pattern in it, what stands before ?: or ?? finds the first match for ever in the reference: it loses the flag that moves on',
    covers: ({ source, reference, ours }) => /\?[:?]/.test(source) && 'limit' in reference && isSound(ours),
  },
  {
    reason: 'what a picture of $toMillis leaves out comes from the clock, which goes on between the two',
    covers: ({ source, reference, ours }) =>
      source.includes('toMillis') && withoutTimes(reference) === withoutTimes(ours),
  },
  {
    reason: 'a transform of the reference puts an undefined into empty lists of its copy',
    covers: ({ source, reference, ours }) => source.includes('|') && withoutNulls(reference) === withoutNulls(ours),
  },
  {
    reason:
      'the reference does not check what a built-in function is given where it is applied partly: misfits meet its JavaScript',
    covers: ({ source, ours }) => isAppliedPartly(source) && isSound(ours),
  },
  {
    reason: 'a pattern that is applied to a function matches on the source text of it, in JavaScript',
    covers: ({ source, reference }) => /\/[im]*\(.*(?:function|λ|\$[a-z])/i.test(source) && 'value' in reference,
  },
  {
    reason:
      'behind an order of bound tuples the reference holds conditions against its own tuples, where no field is found; ours against the values',
    covers: ({ source, ours }) => /[%@#]/.test(source) && /\^\(.*\)(?:\[\])?\[/.test(source) && isSound(ours),
  },
  {
    reason: 'where several fields of an object fail, ours tells of a limit first: beyond one, nothing else is tried',
    covers: ({ reference, ours }) => 'limit' in ours && codeOf(reference) !== undefined,
  },
  {
    reason: 'the reference changes lists of its input that are empty or marked, and later parts of a mapping see that',
    covers: ({ referenceChangedInput, ours }) => referenceChangedInput && isSound(ours),
  },
];

const withoutNulls = (outcome: Difference['reference']): string => JSON.stringify(outcome).replaceAll('[null]', '[]');

const withoutTimes = (outcome: Difference['reference']): string => JSON.stringify(outcome).replace(/\d{9,}/g, '');

/** Whether a built-in function, told by its name of more than one letter, has `?` for an argument. */
function isAppliedPartly(source: string): boolean {
  return /\$[a-z]\w+\\?"?\(/i.test(source) && /[(,] *\? *[,)]/.test(source);
}

function codeOf(outcome: Difference['reference']): unknown {
  return 'code' in outcome ? outcome.code : undefined;
}

/** Whatever it gives, it has neither crashed nor hung, nor changed what it was given. */
function isSound(ours: Difference['ours']): boolean {
  return !/^(?:CRASH|HANG|INPUT_CHANGED)/.test(String(codeOf(ours)));
}
