import { FlowError, reasonOf } from '@crossdock/errors';
import { sentenceFor } from './run/error-messages.ts';
import { type LimitDetails, limitDetails } from './run/limit-error.ts';
import { tokenStart } from './token-start.ts';

/** JSONata throws plain objects; a fault inside `$eval` comes wrapped. */
interface JsonataFault {
  code?: string;
  message?: string;
  position?: number;
  token?: unknown;
  value?: unknown;
  error?: JsonataFault;
}

/**
 * Anything that an evaluation throws, as `DATA_MAPPING` or `DATA_MAPPING_LIMIT`. Details: JSONata's `code`, `position` (the offset behind the
 * token, in UTF-16 units) and `token`, and `from`, where the token begins. Never quotes the payload: some of it may be masked.
 */
export function mappingError(thrown: unknown, source: string): FlowError {
  if (thrown instanceof FlowError) return thrown;
  const limit = limitOf(thrown);
  if (limit !== undefined) return new FlowError('DATA_MAPPING_LIMIT', { details: limit, cause: causeOf(thrown) });
  const { code, position, token } = (thrown ?? {}) as JsonataFault;
  const details = {
    reason: sentenceOf(thrown),
    ...(code === undefined ? {} : { code }),
    ...(position === undefined ? {} : { position, from: tokenStart(source, position, token) }),
    ...(typeof token === 'string' ? { token } : {}),
  };
  return new FlowError('DATA_MAPPING', { details });
}

function limitOf(thrown: unknown): LimitDetails | undefined {
  // What the machine itself refuses: too long a string, too deep a native stack.
  if (thrown instanceof RangeError) {
    return /string/i.test(thrown.message)
      ? { limit: 'string length', most: 'what JavaScript allows' }
      : { limit: 'depth', most: 'what the stack holds' };
  }
  const { code = '', value, error } = (thrown ?? {}) as JsonataFault;
  return limitDetails(code, value) ?? (error === undefined ? undefined : limitOf(error));
}

const causeOf = (thrown: unknown): unknown => (thrown instanceof Error ? thrown : undefined);

function sentenceOf(thrown: unknown): string {
  const fault = (thrown ?? {}) as JsonataFault;
  if (fault.error !== undefined) return `in $eval: ${sentenceOf(fault.error)}`;
  return sentenceFor(fault) ?? fault.message ?? reasonOf(thrown);
}
