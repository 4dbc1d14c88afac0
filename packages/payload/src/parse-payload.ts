import { FlowError, reasonOf } from '@crossdock/errors';
import { isExactNumber } from './exact-number.ts';
import { walkText } from './walk-text.ts';

export interface ParseLimits {
  /** Deepest nesting taken; 100 at the hooks. */
  maxDepth: number;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor']);
/** The names themselves, or one of their letters as an escape. */
const MAY_HOLD_FORBIDDEN_KEY = /__proto__|constructor|\\u00(?:5f|6[3ef]|7[02345])/i;

/** What a text came to. */
export interface ReadPayload {
  readonly value: unknown;
  /** `JSON.parse` of the text gives the same value: no number in it had to be kept as its source text. */
  readonly isPlain: boolean;
}

/**
 * Reads inbound JSON losslessly: an integer outside ±(2^53−1), or a decimal of more than 15 significant digits, becomes its source text.
 * Throws `DATA_MALFORMED`, `DATA_TOO_DEEP` or `DATA_FORBIDDEN_KEY` (`__proto__`, `constructor`).
 */
export function parsePayload(text: string, limits?: ParseLimits): unknown {
  return readPayload(text, limits).value;
}

/** As `parsePayload`, and says whether the text may stand for its value. */
export function readPayload(text: string, limits: ParseLimits = { maxDepth: 100 }): ReadPayload {
  const { hasRiskyNumber } = walkText(text, limits.maxDepth);
  const isPlain = !hasRiskyNumber && !MAY_HOLD_FORBIDDEN_KEY.test(text);
  try {
    return { value: isPlain ? JSON.parse(text) : JSON.parse(text, reviveLosslessly), isPlain };
  } catch (cause) {
    if (cause instanceof FlowError) throw cause;
    throw new FlowError('DATA_MALFORMED', { details: { reason: withoutExcerpt(reasonOf(cause)) } });
  }
}

function reviveLosslessly(this: unknown, key: string, value: unknown, context?: { source?: string }): unknown {
  if (FORBIDDEN_KEYS.has(key) && !Array.isArray(this)) throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return isExactNumber(context.source) ? value : context.source;
}

/** The engine quotes the text around the mistake, some of which may be masked or a credential. */
function withoutExcerpt(reason: string): string {
  return reason.replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, ' is not valid JSON');
}
