/** Why hooks refuse requests, in the words that people read. */
export const HOOK_REFUSALS = {
  missing: 'no signature or credential',
  repeated: 'a header of the signature sent twice',
  malformed: 'a signature that cannot be read',
  mismatch: 'wrong signature or credential',
  late: 'signed too long ago',
  early: 'signed in the future',
  limited: 'over the rate',
  'not-ready': 'no usable secret in the environment',
} as const;

export type HookRefusal = keyof typeof HOOK_REFUSALS;
export const HOOK_REFUSAL_NAMES = Object.keys(HOOK_REFUSALS) as HookRefusal[];

/** `20 wrong signature or credential, 3 signed too long ago`. */
export const refusalWords = (reasons: readonly { reason: HookRefusal; count: number }[]): string =>
  reasons.map(({ reason, count }) => `${count} ${HOOK_REFUSALS[reason]}`).join(', ');
