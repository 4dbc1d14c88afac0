import { FlowError } from '@crossdock/errors';
import { FunctionValue } from './run/function-value.ts';
import { countTurn } from './run/stride.ts';
import type { Run } from './run.ts';

/**
 * Makes deep copies of what an evaluation gives, as plain JSON: without functions, JSONata's marks on its lists, or objects shared with the
 * input. Throws `DATA_MAPPING_LIMIT` beyond `maxBytes`, counted as it goes: a result that names one list many times is small in memory, not as
 * JSON.
 */
export class ResultCopier {
  readonly #maxBytes: number;
  readonly #run: Run;
  #left: number;

  constructor(maxBytes: number, run: Run) {
    this.#maxBytes = maxBytes;
    this.#run = run;
    this.#left = maxBytes;
  }

  /** Counts what has been made already. */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) {
      throw new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'result size', most: `${this.#maxBytes} bytes` } });
    }
  }

  /** Undefined for a function. */
  copy(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
        this.take(value.length + 2);
        return value;
      case 'number':
        this.take(4);
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        this.take(4);
        return value;
      case 'object':
        if (value === null) return null;
        if (Array.isArray(value)) return this.#list(value);
        return isFunction(value) ? undefined : this.#object(value as Record<string, unknown>);
      default:
        return undefined;
    }
  }

  #list(list: readonly unknown[]): unknown[] {
    const { length } = list;
    this.take(4 + length);
    const plain: unknown[] = [];
    for (let at = 0; at < length; at++) {
      countTurn(this.#run, at, length);
      plain.push(this.copy(list[at]) ?? null);
    }
    return plain;
  }

  #object(object: Record<string, unknown>): Record<string, unknown> {
    this.take(4);
    this.#run.spend(1);
    const plain: Record<string, unknown> = {};
    const isPlain = hasNothingToInherit(object);
    let fields = 0;
    for (const key in object) {
      countTurn(this.#run, ++fields, Number.POSITIVE_INFINITY);
      if (!isPlain && !Object.hasOwn(object, key)) continue;
      const value = this.copy(object[key]);
      if (value === undefined) continue;
      this.take(key.length + 4);
      // Plain assignment of this key would set the prototype.
      if (key === '__proto__') throw new FlowError('DATA_FORBIDDEN_KEY', { details: { key } });
      plain[key] = value;
    }
    return plain;
  }
}

function hasNothingToInherit(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

/** Functions as the evaluators hold them. Data may carry the same marks as the reference's, but not what stands behind them. */
function isFunction(value: object): boolean {
  if (value instanceof FunctionValue) return true;
  const marked = value as Record<string, unknown>;
  if (marked._jsonata_function === true) return typeof marked.implementation === 'function';
  if (marked._jsonata_lambda !== true) return false;
  return typeof (marked.environment as { lookup?: unknown } | undefined)?.lookup === 'function';
}
