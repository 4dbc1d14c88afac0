import { FlowError, reasonOf } from '@crossdock/errors';
import type { FlowSettings } from '@crossdock/flow-model';
import { type CompiledMapping, compileMapping } from '@crossdock/mapping';
import { applyMask, compileMask, type Mask } from '@crossdock/payload';
import type { Vault } from '../vault/index.ts';

/** What a flow's settings say of keys and of what keys must not tell. */
export type KeySources = Pick<FlowSettings, 'businessKeys' | 'dedupeKey' | 'orderingKey' | 'mask'>;

/** The key expressions of a flow, compiled on first use. */
export interface KeyRules {
  readonly sources: KeySources;
  business: ReadonlyMap<string, () => CompiledMapping>;
  dedupe?: () => CompiledMapping;
  ordering?: () => CompiledMapping;
  mask: Mask;
}

/** What the keys of one trigger came to; values that hang on a masked field are tokens. */
export interface TriggerKeys {
  keys: Record<string, string[]>;
  dedupeKey?: string;
  orderingKey?: string;
}

/** What stands for values that hang on a masked field; see `Vault`. */
export interface KeyTokens {
  keyToken(value: string): string;
  searchToken(value: string): string;
}

const MAX_VALUE_LENGTH = 500;
const MAX_VALUES = 1_000;

/** The tokens of one environment. */
export function tokensIn(vault: Pick<Vault, 'keyToken' | 'searchToken'>, env: string): KeyTokens {
  return {
    keyToken: (value) => vault.keyToken(env, value),
    searchToken: (value) => vault.searchToken(env, value),
  };
}

export function compileKeys(sources: KeySources): KeyRules {
  const { businessKeys = {}, dedupeKey, orderingKey, mask = [] } = sources;
  return {
    sources,
    business: new Map(Object.entries(businessKeys).map(([name, source]) => [name, lazily(source)])),
    ...(dedupeKey === undefined ? {} : { dedupe: lazily(dedupeKey) }),
    ...(orderingKey === undefined ? {} : { ordering: lazily(orderingKey) }),
    mask: compileMask(mask),
  };
}

function lazily(source: string): () => CompiledMapping {
  let compiled: CompiledMapping | undefined;
  return () => {
    compiled ??= compileMapping(source);
    return compiled;
  };
}

/**
 * Computes every key on the payload in clear. A key is a string or a number; an array gives several values, nothing gives none.
 * Throws `DATA_KEY`, which names the key.
 */
export async function computeKeys(
  { business, dedupe, ordering, mask }: KeyRules,
  payload: unknown,
  bindings: Readonly<Record<string, unknown>>,
  { keyToken, searchToken }: KeyTokens,
): Promise<TriggerKeys> {
  const masked = mask.paths.length === 0 ? undefined : applyMask(payload, mask, () => null);
  const keys: Record<string, string[]> = {};
  for (const [name, mapping] of business) {
    const values = await valuesOf(`business "${name}"`, mapping, payload, bindings);
    if (values.length === 0) continue;
    // A value that does not come out without the masked fields hangs on one of them.
    const open =
      masked === undefined || masked === payload
        ? values
        : await valuesOf(name, mapping, masked, bindings).catch((): string[] => []);
    keys[name] = [...new Set(values.map((value) => (open.includes(value) ? value : searchToken(value))))];
  }
  const single = async (which: string, mapping?: () => CompiledMapping): Promise<string | undefined> => {
    const values = mapping === undefined ? [] : await valuesOf(which, mapping, payload, bindings);
    return values.length === 0 ? undefined : keyToken(values.length === 1 ? String(values[0]) : JSON.stringify(values));
  };
  const dedupeKey = await single('dedupe', dedupe);
  const orderingKey = await single('ordering', ordering);
  return {
    keys,
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
    ...(orderingKey === undefined ? {} : { orderingKey }),
  };
}

async function valuesOf(
  which: string,
  mapping: () => CompiledMapping,
  payload: unknown,
  bindings: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  let result: unknown;
  try {
    result = await mapping().evaluate(payload, bindings);
  } catch (cause) {
    throw new FlowError('DATA_KEY', { details: { which, reason: reasonOf(cause) }, cause });
  }
  const values = (Array.isArray(result) ? result : [result]).filter(
    (value) => value !== undefined && value !== null && value !== '',
  );
  if (values.length > MAX_VALUES) throw unfit(which, `it gives more than ${MAX_VALUES} values`);
  return [...new Set(values.map((value) => keyValue(which, value)))];
}

function keyValue(which: string, value: unknown): string {
  if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value)))
    throw unfit(which, `it gives ${describe(value)} where a string or a number is needed`);
  const text = String(value);
  if (text.length > MAX_VALUE_LENGTH) throw unfit(which, `it is longer than ${MAX_VALUE_LENGTH} characters`);
  return text;
}

const unfit = (which: string, reason: string): FlowError => new FlowError('DATA_KEY', { details: { which, reason } });

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
