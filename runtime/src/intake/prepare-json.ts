import type { SealPort } from '@crossdock/engine';
import { readPayload, WrittenJson } from '@crossdock/payload';
import type { Vault } from '../vault/index.ts';
import { computeKeys, type KeyRules, type TriggerKeys, tokensIn } from './keys.ts';

/** What bears on a payload of the trigger's node and environment. */
export interface PreparationContext {
  readonly env: string;
  readonly mask: readonly string[];
  readonly rules: KeyRules;
  /** What came with it, and rests with it. */
  readonly headers: Readonly<Record<string, string>>;
  /** What key expressions may name beside the payload. */
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly seal: Vault;
}

/** A payload as it is stored: sealed, or its own text where nothing has to be. */
export interface PreparedPayload {
  readonly keys: TriggerKeys;
  readonly payload: unknown;
  /** With what they repeat of the payload's masked values sealed. */
  readonly headers: Record<string, string>;
}

/** Deepest nesting that a trigger takes. */
const MAX_DEPTH = 100;
/** What looks like a sealed value, its name written out or with an escape for one of its letters. */
const MAY_LOOK_SEALED = /\$sealed|\\u00(?:24|6[145c]|73)/i;

/** Reads JSON, computes its keys and seals what is masked. Throws as `parsePayload` and `computeKeys` do. */
export async function prepareJson(text: string, context: PreparationContext): Promise<PreparedPayload> {
  const { value, isPlain } = readPayload(text, { maxDepth: MAX_DEPTH });
  const isOwnText = isPlain && context.mask.length === 0 && !MAY_LOOK_SEALED.test(text);
  const keys = await keysOf(value, context);
  if (isOwnText) return { keys, payload: new WrittenJson(text), headers: { ...context.headers } };
  return { keys, ...sealed(value, context) };
}

/** Computes a value's keys; `stored` is what of it is stored, where that is more. */
export async function prepareValue(
  value: unknown,
  context: PreparationContext,
  stored: () => Promise<unknown>,
): Promise<PreparedPayload> {
  const keys = await keysOf(value, context);
  return { keys, ...sealed(await stored(), context) };
}

function keysOf(value: unknown, { rules, env, bindings, seal }: PreparationContext): Promise<TriggerKeys> {
  return computeKeys(rules, value, bindings, tokensIn(seal, env));
}

/**
 * In one sealing, so that what the mask names in the payload is found in the headers.
 * @param executionId under which the masked values are remembered, where more is to be asked about them
 */
export function sealed(
  payload: unknown,
  {
    env,
    mask,
    seal,
    headers,
    executionId,
  }: Pick<PreparationContext, 'env' | 'mask' | 'headers'> & { readonly seal: SealPort; readonly executionId?: string },
): Pick<PreparedPayload, 'payload' | 'headers'> {
  const paths = mask.map((path) => `payload.${path}`);
  return seal.seal(
    { payload, headers },
    { env, mask: paths, ...(executionId === undefined ? {} : { executionId }) },
  ) as Pick<PreparedPayload, 'payload' | 'headers'>;
}
