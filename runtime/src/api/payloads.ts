import { isAllowed } from '@crossdock/api-contract';
import type { Bus } from '@crossdock/bus';
import type { JournalSnapshot, RestingValue } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { conceal } from './conceal.ts';
import { UUID } from './execution-id.ts';
import type { Handlers } from './mount.ts';
import { payloadOfTrigger, readResting, readTraced } from './stored-payloads.ts';

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

/** Reads the trace; what it does not have yet, from the journal or the stored trigger. */
async function readPayload(
  options: ApiOptions,
  executionId: string,
  ref: string,
): Promise<{ value: unknown; env: string } | undefined> {
  if (!UUID.test(executionId)) return undefined;
  const traced = await readTraced(options, executionId, ref);
  if (traced) return traced;
  const { executions, blobs } = options.bus;
  const snapshot = await executions.read(executionId);
  if (!snapshot) return undefined;
  const { env, outputs } = snapshot;
  const output = outputs[ref] ?? (await fromTrigger(executions, snapshot, ref));
  const found = output && (await readResting(blobs, output));
  return found && { ...found, env };
}

async function fromTrigger(
  executions: Bus['executions'],
  { executionId, trigger: { seq } }: JournalSnapshot,
  ref: string,
): Promise<RestingValue | undefined> {
  const trigger = await executions.trigger(seq);
  return trigger?.executionId === executionId ? payloadOfTrigger(trigger, ref) : undefined;
}
