import { FlowError } from '@crossdock/errors';
import { FunctionValue } from './run/function-value.ts';
import type { Run } from './run.ts';

/**
 * A deep copy of a result as plain JSON: without functions, JSONata's marks on its lists, or objects shared with the input.
 * Throws `DATA_MAPPING_LIMIT` beyond `maxBytes`, counted as it goes: a result that names one list many times is small in memory, not as JSON.
 */
export function plainResult(result: unknown, maxBytes: number, run: Run): unknown {
  switch (typeof result) {
    case 'object':
      return result === null ? null : new Copier(maxBytes, run).copy(result);
    case 'string':
      if (result.length + 2 > maxBytes) throw tooLarge(maxBytes);
      return result;
    case 'number':
      return Number.isFinite(result) ? result : null;
    default:
      return typeof result === 'boolean' ? result : undefined;
  }
}

class Copier {
  #left: number;
  readonly #maxBytes: number;
  readonly #run: Run;

  constructor(maxBytes: number, run: Run) {
    this.#left = maxBytes;
    this.#maxBytes = maxBytes;
    this.#run = run;
  }

  /** Undefined for a function. */
  copy(value: object): unknown {
    if (Array.isArray(value)) return this.#list(value);
    return isFunction(value) ? undefined : this.#object(value as Record<string, unknown>);
  }

  #take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw tooLarge(this.#maxBytes);
  }

  #list(list: readonly unknown[]): unknown[] {
    const { length } = list;
    this.#take(4 + length);
    this.#run.spend(length / 8);
    const plain: unknown[] = [];
    for (let at = 0; at < length; at++) plain.push(this.#value(list[at]) ?? null);
    return plain;
  }

  #object(object: Record<string, unknown>): Record<string, unknown> {
    this.#take(4);
    this.#run.spend(1);
    const plain: Record<string, unknown> = {};
    for (const key in object) {
      const value = this.#value(object[key]);
      if (value === undefined || !isOwn(object, key)) continue;
      this.#take(key.length + 4);
      // Plain assignment of this key would set the prototype.
      if (key === '__proto__') throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
      plain[key] = value;
    }
    return plain;
  }

  #value(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
        this.#take(value.length + 2);
        return value;
      case 'number':
        this.#take(4);
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        this.#take(4);
        return value;
      case 'object':
        return value === null ? null : this.copy(value);
      default:
        return undefined;
    }
  }
}

function tooLarge(maxBytes: number): FlowError {
  return new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'result size', maxBytes } });
}

/** Asks only where there is something to inherit from. */
function isOwn(object: object, key: string): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null || Object.hasOwn(object, key);
}

/** Functions as the evaluators hold them. Data may carry the same marks as the reference's, but not what stands behind them. */
function isFunction(value: object): boolean {
  if (value instanceof FunctionValue) return true;
  const marked = value as Record<string, unknown>;
  if (marked._jsonata_function === true) return typeof marked.implementation === 'function';
  if (marked._jsonata_lambda !== true) return false;
  return typeof (marked.environment as { lookup?: unknown } | undefined)?.lookup === 'function';
}
