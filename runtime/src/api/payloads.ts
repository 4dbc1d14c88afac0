import type { Bus } from '@crossdock/bus';
import type { JournalSnapshot, RestingValue } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from './api.ts';
import { conceal } from './conceal.ts';
import { UUID } from './execution-id.ts';
import type { Handlers } from './mount.ts';
import { payloadOfTrigger, readResting, readTraced } from './stored-payloads.ts';

export function payloadHandlers(options: ApiOptions): Pick<Handlers, 'getPayload' | 'revealPayload'> {
  const { vault } = options;
  return {
    async getPayload({ params: { executionId, ref } }) {
      return { status: 200, body: conceal((await readPayload(options, executionId, ref)).value) };
    },
    async revealPayload({ params: { executionId, ref }, body: { reason }, audit, ...call }) {
      const { value, env } = await readPayload(options, executionId, ref);
      call.allowIn(env);
      const clear = vault.open(value, { env });
      // Recorded before it is shown: a look that cannot be recorded is none.
      const audited = await audit.record({ id: `${executionId}/${ref}`, env, after: { reason } });
      return { status: 200, body: clear, audited };
    },
  };
}

/** Throws `API_NOT_FOUND`. */
async function readPayload(
  options: ApiOptions,
  executionId: string,
  ref: string,
): Promise<{ value: unknown; env: string }> {
  const found = await findPayload(options, executionId, ref);
  if (!found) throw new FlowError('API_NOT_FOUND', { details: { what: 'payload', id: `${executionId}/${ref}` } });
  return found;
}

/** Reads the trace; what it does not have yet, from the journal or the stored trigger. */
async function findPayload(
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
