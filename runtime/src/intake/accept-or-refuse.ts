import { randomUUID } from 'node:crypto';
import type { Acceptance } from '@crossdock/bus';
import { type ErrorJson, errorToJson, isFlowError, toFlowError } from '@crossdock/errors';
import type { Logger } from '../log.ts';
import { type Arrival, acceptTrigger, type IntakeContext } from './accept-trigger.ts';
import type { DeployedTrigger } from './follow-triggers.ts';
import { sealed } from './prepare-json.ts';

/** What came in where nobody can be told at once that it is no good. */
export interface UnreadArrival extends Arrival {
  readonly bytes: Buffer;
}

/**
 * Like `acceptTrigger`, for messages and ticks: what cannot be read, or whose keys cannot be computed, becomes an execution that fails with
 * the reason and holds what came in. There it is found, alarmed about, mended and replayed like any other failure. Throws only what passes:
 * `SYSTEM_BUS_UNAVAILABLE`, `SYSTEM_BUS_FULL`.
 */
export async function acceptOrRefuse(
  context: IntakeContext & { readonly log: Logger },
  trigger: DeployedTrigger,
  { bytes, ...arrival }: UnreadArrival,
): Promise<Acceptance & { refused?: ErrorJson }> {
  try {
    return await acceptTrigger(context, trigger, arrival);
  } catch (thrown) {
    if (isPassing(thrown)) throw thrown;
    return storeRefused(context, trigger, { ...arrival, bytes, refused: errorToJson(toFlowError(thrown)) });
  }
}

async function storeRefused(
  { bus, seal, metrics, log }: IntakeContext & { readonly log: Logger },
  { env, flowId, revision, nodeId, mask }: DeployedTrigger,
  { payload, bytes, refused: told, ...rest }: UnreadArrival & { refused: ErrorJson },
): Promise<Acceptance & { refused: ErrorJson }> {
  // What cannot be read has no paths that the mask could name: all of it is sealed.
  const unread = { value: { text: bytes.toString('utf8') }, paths: mask.length === 0 ? mask : ['text'] };
  const { value, paths } = await payload.read(bus.blobs).then(
    (read) => ({ value: read, paths: mask }),
    (error: unknown) => {
      if (isPassing(error)) throw error;
      return unread;
    },
  );
  // What the mask hides is remembered under a name of this arrival's own, as its execution has none yet; the error may quote it.
  const executionId = rest.executionId ?? randomUUID();
  const stored = sealed(value, { env, mask: paths, headers: rest.headers, seal, executionId });
  const refused = seal.redact(told, { env, executionId });
  const acceptance = {
    ...(await bus.triggers.accept({ env, flowId, revision, nodeId, ...rest, keys: {}, refused, ...stored })),
    refused,
  };
  if (acceptance.duplicate) return acceptance;
  const { code, message: reason } = refused;
  metrics.count('crossdock_triggers_refused_total', { env, flow: flowId, code });
  log.warn({ env, flowId, nodeId, executionId: acceptance.executionId, code, reason }, 'a trigger was refused');
  return acceptance;
}

function isPassing(thrown: unknown): boolean {
  return isFlowError(thrown, 'SYSTEM_BUS_UNAVAILABLE') || isFlowError(thrown, 'SYSTEM_BUS_FULL');
}
