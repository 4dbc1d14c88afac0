import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { isAllowed } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { conceal } from './conceal.ts';
import type { Handlers } from './mount.ts';

const inflate = promisify(inflateRaw);
const UUID = /^[0-9a-f-]{36}$/i;

export function payloadHandlers(options: ApiOptions): Pick<Handlers, 'getPayload'> {
  const { vault, log } = options;
  return {
    async getPayload({ params: { executionId, ref }, query: { reveal = false }, ...call }) {
      const { role, name: by } = callerIn(call);
      if (reveal && !isAllowed(role, 'payloads:reveal'))
        throw new FlowError('API_FORBIDDEN', { details: { permission: 'payloads:reveal' } });
      const found = await readPayload(options, executionId, ref);
      if (!found) throw new FlowError('API_NOT_FOUND', { details: { what: 'payload', id: `${executionId}/${ref}` } });
      if (!reveal) return { status: 200, body: conceal(found.value) };
      log.info({ by, executionId, ref }, 'masked values of a payload were revealed');
      return { status: 200, body: vault.open(found.value, { env: found.env }) };
    },
  };
}

interface FoundPayload {
  value: unknown;
  env: string;
}

/** Reads the trace; what it does not have yet, from the journal or the stored trigger. */
async function readPayload(
  { db, bus }: ApiOptions,
  executionId: string,
  ref: string,
): Promise<FoundPayload | undefined> {
  if (!UUID.test(executionId)) return undefined;
  const row = await db.kysely
    .selectFrom('payloads')
    .select(['content', 'encoding', 'blob', 'env'])
    .where('payloads.execution_id', '=', executionId)
    .where('ref', '=', ref)
    .executeTakeFirst();
  if (row) {
    const bytes = row.content ?? (row.blob === null ? undefined : await readBlob(bus.blobs.get(row.blob)));
    return (
      bytes && {
        value: JSON.parse((row.encoding === 'deflate' ? await inflate(bytes) : Buffer.from(bytes)).toString()),
        env: row.env,
      }
    );
  }
  const snapshot = await bus.executions.read(executionId);
  if (!snapshot) return undefined;
  const output = snapshot.outputs[ref];
  if (output)
    return {
      value: 'value' in output ? output.value : await readJsonBlob(bus.blobs.get(output.blob)),
      env: snapshot.env,
    };
  if (ref !== 'trigger') return undefined;
  const trigger = await bus.executions.trigger(snapshot.trigger.seq);
  if (!trigger || trigger.executionId !== executionId) return undefined;
  const value =
    trigger.payloadBlob === undefined ? trigger.payload : await readJsonBlob(bus.blobs.get(trigger.payloadBlob));
  return { value, env: trigger.env };
}

async function readJsonBlob(bytes: Promise<Uint8Array>): Promise<unknown> {
  return JSON.parse(Buffer.from(await bytes).toString());
}

/** A blob that was swept is a payload no longer kept. */
async function readBlob(bytes: Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await bytes;
  } catch (error) {
    if (error instanceof FlowError && error.row.http >= 500) throw error;
    return undefined;
  }
}
