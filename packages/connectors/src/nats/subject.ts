/** First tokens of the subjects that Crossdock keeps for itself; with those that begin with `$` or `_`, the server's own. */
export const OWN_SUBJECT_TOKENS = ['evt', 'run', 'j', 'l', 'w', 'jc', 'cron', 'ord', 'tr', 'dlq', 'rl', 'fl'] as const;

/** Stands for the environment's name in a subject. */
const ENV = '{env}';

const NOT_OURS = `(?!(?:${OWN_SUBJECT_TOKENS.join('|')})(?:[.]|$))(?![$_])`;
const TOKEN = '(?:\\{env\\}|[^\\s.*>{}])+';
const REST = `a first part of its own: ${OWN_SUBJECT_TOKENS.join(', ')} and what begins with $ or _ are taken`;

/** A subject to send to, as a JSON Schema. */
export const subjectToPublish = {
  maxLength: 200,
  pattern: `^${NOT_OURS}${TOKEN}(?:\\.${TOKEN})*$`,
  'x-pattern-reason': `must be a NATS subject such as orders.created, without spaces and wildcards, and have ${REST}`,
} as const;

/** A subject to hear: `*` for one part, `>` for all that follow, but never in the first part. */
export const subjectToHear = {
  maxLength: 200,
  pattern: `^${NOT_OURS}${TOKEN}(?:\\.(?:${TOKEN}|\\*))*(?:\\.>)?$`,
  'x-pattern-reason': `must be a NATS subject such as orders.*.created or orders.>, without spaces, and have ${REST}`,
} as const;

/** The subject in one environment. */
export function subjectIn(env: string, subject: string): string {
  return subject.replaceAll(ENV, env);
}
