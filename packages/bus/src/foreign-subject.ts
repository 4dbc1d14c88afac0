import { FlowError } from '@crossdock/errors';
import { DEFAULT_STORE_LIMITS, streamSpecs } from './streams.ts';

/** First tokens that are Crossdock's own: of every stream, and of the subjects that callers wait on. */
const OWN_TOKENS: ReadonlySet<string> = new Set([
  'fl',
  ...streamSpecs(DEFAULT_STORE_LIMITS, 1).flatMap(({ subjects }) => subjects.map((subject) => subject.split('.')[0])),
] as string[]);

const MAX_LENGTH = 255;

/**
 * Sees that a subject is well formed and belongs to others: neither one of ours, nor the server's (`$…`), nor an inbox (`_…`). Wildcards only
 * where they are allowed, and never in the first token. Throws `CONFIG_INVALID`.
 */
export function requireForeignSubject(subject: string, { wildcards }: { wildcards: boolean }): void {
  const reason = reasonAgainst(subject, wildcards);
  if (reason !== undefined)
    throw new FlowError('CONFIG_INVALID', { details: { what: `the subject "${subject}"`, reason } });
}

function reasonAgainst(subject: string, wildcards: boolean): string | undefined {
  const tokens = subject.split('.');
  const [first = ''] = tokens;
  if (subject.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  if (tokens.some((token) => token === '' || /[\s\p{Cc}]/u.test(token))) return 'it has an empty part or a space';
  if (OWN_TOKENS.has(first) || /^[$_]/.test(first)) return `subjects that begin with "${first}" are not for flows`;
  if (tokens.some((token, at) => token === '>' && at < tokens.length - 1)) return '">" stands only at the end';
  const isPattern = tokens.some((token) => token === '*' || token === '>');
  if (isPattern && !wildcards) return 'a message goes to one subject, not to a pattern';
  if (first === '*' || first === '>') return 'the first part must not be a wildcard';
  return undefined;
}
