import { createHmac, hkdfSync } from 'node:crypto';
import type { SealPort } from '@crossdock/engine';
import { catalogue, FlowError } from '@crossdock/errors';
import { applyMask, collectMasked, compileMask, type Mask } from '@crossdock/payload';
import { decrypt, encrypt } from './aes-gcm.ts';
import { CONCEALED, isTelling, type Leaf, type MaskedTexts } from './masked-texts.ts';
import { SeenValues } from './seen-values.ts';

/** Seals masked values with a key per environment, and makes searchable tokens of masked business keys. */
export interface Vault extends SealPort {
  /** The same value gives the same token within an environment; without the secret key it tells nothing of the value. */
  keyToken(env: string, value: string): string;
  /**
   * The same, also for values that differ in case, in spaces around them or in how Unicode composes them alone: for finding, never for telling
   * apart.
   */
  searchToken(env: string, value: string): string;
}

/** A sealed value as it rests in a payload: base64 of nonce, tag and AES-256-GCM ciphertext of the JSON text. */
export interface Sealed {
  $sealed: string;
  /** The text with dots, where only a part of it is masked. */
  $shown?: string;
}

/** What stands before every key token, so that a token is never taken for a value. */
const KEY_TOKEN_PREFIX = 'masked:';

/** True for what `keyToken` makes. */
export function isKeyToken(value: string): boolean {
  return value.startsWith(KEY_TOKEN_PREFIX);
}

/**
 * @param secretKey 32 bytes; the keys of the environments are derived from it (HKDF-SHA-256).
 * @param previous keys of before, which open what they sealed
 */
export function openVault({
  secretKey,
  previous = [],
}: {
  secretKey: Uint8Array;
  previous?: readonly Uint8Array[];
}): Vault {
  if (secretKey.length !== 32)
    throw new FlowError('CONFIG_INVALID', { details: { what: 'the secret key', reason: 'it must have 32 bytes' } });
  const sealKeys = deriveOnce(secretKey, 'seal');
  const openKeys = [sealKeys, ...previous.map((key) => deriveOnce(key, 'seal'))];
  const tokenKeys = deriveOnce(secretKey, 'key-token');
  const masks = new Map<string, Mask>();
  const seen = new SeenValues();
  const keyToken = (env: string, value: string): string =>
    KEY_TOKEN_PREFIX + createHmac('sha256', tokenKeys(env)).update(value).digest('base64url').slice(0, 32);

  return {
    seal(payload, context) {
      const mask = compiled(masks, context.mask);
      const known = seen.with(context.executionId, collectMasked(payload, mask).filter(isTelling));
      const made = new WeakMap<object, unknown>();
      const sealOne = (value: unknown, shown?: string) => {
        const sealed = sealValue(value, sealKeys(context.env), context.env);
        if (shown !== undefined) sealed.$shown = shown;
        made.set(sealed, value);
        return sealed;
      };
      return sealRest(
        applyMask(payload, mask, (value) => sealOne(value)),
        { texts: known?.texts, made, sealOne },
      );
    },
    open(payload, context) {
      const opened: Leaf[] = [];
      const clear = openAll(payload, (sealed) => {
        const value = openValue(sealed, openKeys, context.env);
        if (sealed.$shown === undefined) collectTelling(value, opened);
        return value;
      });
      seen.with(context.executionId, opened);
      return clear;
    },
    met({ env, executionId }) {
      const known = seen.with(executionId);
      return known && sealValue([...known.values], sealKeys(env), env);
    },
    redact(value, { executionId }) {
      const texts = seen.with(executionId)?.texts;
      return texts ? (redactAll(value, texts) as typeof value) : value;
    },
    hold: (executionId) => seen.hold(executionId),
    keyToken,
    searchToken: (env, value) => keyToken(env, value.normalize('NFC').trim().toLowerCase()),
  };
}

/** True for the form in which a masked value rests. */
export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const { $sealed, $shown } = value as Partial<Sealed>;
  return (
    typeof $sealed === 'string' &&
    (Object.keys(value).length === 1 || (typeof $shown === 'string' && Object.keys(value).length === 2))
  );
}

/** Gives `payload` with each sealed value put through `replace`; what holds none is shared with the input. */
export function openAll(payload: unknown, replace: (sealed: Sealed) => unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  if (isSealed(payload)) return replace(payload);
  return mapChildren(payload, (child) => openAll(child, replace));
}

interface Sealing {
  readonly texts: MaskedTexts | undefined;
  /** Sealed values of this sealing, with what is in them. */
  readonly made: WeakMap<object, unknown>;
  sealOne(value: unknown, shown?: string): unknown;
}

/**
 * Seals what holds a masked value elsewhere, and whatever a sender made to look like a sealed value: opening gives back exactly what
 * came in, and nobody gets a captured secret opened by sending it in.
 */
function sealRest(payload: unknown, sealing: Sealing): unknown {
  const { texts, made, sealOne } = sealing;
  if (typeof payload === 'string') return texts ? sealText(payload, texts, sealOne) : payload;
  if (typeof payload !== 'object' || payload === null) return texts?.isOne(payload) ? sealOne(payload) : payload;
  if (made.has(payload)) return payload;
  if (isSealed(payload)) return sealOne(payload);
  // Names rest as they are, so what is named by a masked value is sealed with its names.
  if (texts && !Array.isArray(payload) && Object.keys(payload).some((name) => texts.isInName(name)))
    return sealOne(unsealed(payload, made));
  return mapChildren(payload, (child) => sealRest(child, sealing));
}

function redactAll(value: unknown, texts: MaskedTexts): unknown {
  if (typeof value === 'string' && Object.hasOwn(catalogue, value)) return value;
  if (typeof value === 'string') return texts.isOne(value) ? CONCEALED : texts.redact(value);
  if (typeof value !== 'object' || value === null) return texts.isOne(value) ? CONCEALED : value;
  if (Array.isArray(value)) return value.map((item) => redactAll(item, texts));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      texts.isInName(name) ? redactAll(name, texts) : name,
      redactAll(field, texts),
    ]),
  );
}

function unsealed(value: unknown, made: WeakMap<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return made.has(value) ? made.get(value) : mapChildren(value, (child) => unsealed(child, made));
}

function sealText(text: string, texts: MaskedTexts, sealOne: Sealing['sealOne']): unknown {
  if (texts.isOne(text)) return sealOne(text);
  const shown = texts.redact(text);
  return shown === text ? text : sealOne(text, shown);
}

function mapChildren(parent: object, map: (child: unknown) => unknown): unknown {
  // What changes nothing makes nothing: most payloads hold no masked value.
  if (Array.isArray(parent)) {
    let items: unknown[] | undefined;
    for (let at = 0; at < parent.length; at++) {
      const changed = map(parent[at]);
      if (changed === parent[at]) continue;
      items ??= [...parent];
      items[at] = changed;
    }
    return items ?? parent;
  }
  const fields = parent as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    const changed = map(fields[key]);
    if (changed === fields[key]) continue;
    copy ??= { ...fields };
    copy[key] = changed;
  }
  return copy ?? parent;
}

function collectTelling(value: unknown, into: Leaf[]): void {
  if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) collectTelling(child, into);
  else if ((typeof value === 'string' || typeof value === 'number') && isTelling(value)) into.push(value);
}

function compiled(masks: Map<string, Mask>, paths: readonly string[]): Mask {
  const name = JSON.stringify(paths);
  let mask = masks.get(name);
  if (!mask) {
    if (masks.size > 1000) masks.clear();
    mask = compileMask(paths);
    masks.set(name, mask);
  }
  return mask;
}

function deriveOnce(secretKey: Uint8Array, purpose: string): (env: string) => Buffer {
  const keys = new Map<string, Buffer>();
  return (env) => {
    let key = keys.get(env);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), `crossdock/${purpose}/${env}`, 32));
      keys.set(env, key);
    }
    return key;
  };
}

function sealValue(value: unknown, key: Buffer, env: string): Sealed {
  return { $sealed: encrypt(key, Buffer.from(JSON.stringify(value)), Buffer.from(env)).toString('base64') };
}

function openValue({ $sealed }: Sealed, keys: readonly ((env: string) => Buffer)[], env: string): unknown {
  const bytes = Buffer.from($sealed, 'base64');
  let cause: unknown;
  for (const keyOf of keys) {
    try {
      return JSON.parse(decrypt(keyOf(env), bytes, Buffer.from(env)).toString());
    } catch (error) {
      cause ??= error;
    }
  }
  throw new FlowError('CONFIG_INVALID', {
    details: { what: 'the secret key', reason: `a value sealed in ${env} does not open with it` },
    cause,
  });
}
