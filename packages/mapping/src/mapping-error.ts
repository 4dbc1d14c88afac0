import { FlowError, reasonOf } from '@crossdock/errors';
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

const LIMITS: Readonly<Record<string, string>> = {
  D1011: 'depth',
  D1012: 'time',
  D2014: 'sequence length',
  D2015: 'sequence length',
  STRING_LIMIT: 'string length',
};

/** Anything that an evaluation throws, as `DATA_MAPPING` or `DATA_MAPPING_LIMIT`. Never quotes the payload: some of it may be masked. */
export function mappingError(thrown: unknown, source: string): FlowError {
  if (thrown instanceof FlowError) return thrown;
  const limit = limitOf(thrown);
  if (limit !== undefined) return new FlowError('DATA_MAPPING_LIMIT', { details: { limit }, cause: causeOf(thrown) });
  const { code, position, token } = (thrown ?? {}) as JsonataFault;
  const details = {
    reason: sentenceOf(thrown),
    ...(code === undefined ? {} : { code }),
    ...(position === undefined ? {} : { position: tokenStart(source, position, token) }),
    ...(typeof token === 'string' ? { token } : {}),
  };
  return new FlowError('DATA_MAPPING', { details });
}

function limitOf(thrown: unknown): string | undefined {
  // What the machine itself refuses: too long a string, too deep a native stack.
  if (thrown instanceof RangeError) return /string/i.test(thrown.message) ? 'string length' : 'depth';
  const { code = '', error } = (thrown ?? {}) as JsonataFault;
  return LIMITS[code] ?? (error === undefined ? undefined : limitOf(error));
}

const causeOf = (thrown: unknown): unknown => (thrown instanceof Error ? thrown : undefined);

function sentenceOf(thrown: unknown): string {
  const { code, message, value, error } = (thrown ?? {}) as JsonataFault;
  return error === undefined
    ? withoutValue(message ?? reasonOf(thrown), value, code)
    : `in $eval: ${sentenceOf(error)}`;
}

/** JSONata writes the offending value into most messages. */
function withoutValue(message: string, value: unknown, code = ''): string {
  // The author's own words, and the author's own pattern.
  if (value === undefined || code === 'D3137' || code === 'D1004') return message;
  return message.replace(JSON.stringify(value) ?? '', () => described(value));
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
