import { FlowError, reasonOf } from '@crossdock/errors';
import { isExactNumber } from './exact-number.ts';

export interface ParseLimits {
  /** Deepest nesting taken; 100 at the hooks. */
  maxDepth: number;
}

/** A run of digits so long, or an exponent so large, that a number may not survive a double. */
const RISKY_NUMBER = /\d[\d.eE+-]{15}|\d[eE][+-]?\d{3}/;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor']);
const MAY_HOLD_FORBIDDEN_KEY = /__proto__|constructor|\\u/;

/**
 * Reads inbound JSON losslessly: an integer outside ±(2^53−1), or a decimal of more than 15 significant digits, becomes its source text.
 * Throws `DATA_MALFORMED`, `DATA_TOO_DEEP` or `DATA_FORBIDDEN_KEY` (`__proto__`, `constructor`).
 */
export function parsePayload(text: string, limits: ParseLimits = { maxDepth: 100 }): unknown {
  checkDepth(text, limits.maxDepth);
  const needsReviver = RISKY_NUMBER.test(text) || MAY_HOLD_FORBIDDEN_KEY.test(text);
  try {
    return needsReviver ? JSON.parse(text, reviveLosslessly) : JSON.parse(text);
  } catch (cause) {
    if (cause instanceof FlowError) throw cause;
    throw new FlowError('DATA_MALFORMED', { details: { reason: reasonOf(cause) }, cause });
  }
}

function reviveLosslessly(this: unknown, key: string, value: unknown, context?: { source?: string }): unknown {
  if (FORBIDDEN_KEYS.has(key) && !Array.isArray(this)) throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return isExactNumber(context.source) ? value : context.source;
}

function checkDepth(text: string, maxDepth: number): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) throw new FlowError('DATA_TOO_DEEP', { details: { limit: maxDepth } });
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
}
