import { FlowError } from '@crossdock/errors';
import { FunctionValue } from './run/function-value.ts';

/**
 * A deep copy of a result as plain JSON: without functions, JSONata's marks on its lists, or objects shared with the input.
 * Throws `DATA_MAPPING_LIMIT` beyond `maxBytes`, counted as it goes: a result that names one list many times is small in memory, not as JSON.
 */
export function plainResult(result: unknown, maxBytes: number): unknown {
  let left = maxBytes;
  const take = (bytes: number) => {
    left -= bytes;
    if (left < 0) throw new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'result size', maxBytes } });
  };
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') {
      take(value.length + 2);
      return value;
    }
    take(4);
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value !== 'object' || isFunction(value)) return undefined;
    if (Array.isArray(value)) return Array.from(value, (item) => copy(item) ?? null);
    const plain: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      const field = copy(item);
      if (field === undefined) continue;
      take(key.length + 4);
      // Plain assignment of this key would set the prototype.
      if (key === '__proto__') throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
      plain[key] = field;
    }
    return plain;
  };
  return copy(result);
}

/** Functions as the evaluators hold them. Data may carry the same marks as the reference's, but not what stands behind them. */
function isFunction(value: object): boolean {
  if (value instanceof FunctionValue) return true;
  const { _jsonata_function, _jsonata_lambda, implementation, environment } = value as Record<string, unknown>;
  if (_jsonata_function === true) return typeof implementation === 'function';
  return _jsonata_lambda === true && typeof (environment as { lookup?: unknown } | undefined)?.lookup === 'function';
}
