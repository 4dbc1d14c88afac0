import type { Acceptance, Bus } from '@crossdock/bus';
import type { Metrics } from '../metrics.ts';
import type { Vault } from '../vault/index.ts';
import type { DeployedTrigger } from './follow-triggers.ts';
import type { InboundPayload } from './inbound-payload.ts';

/** What it takes to store triggers. */
export interface IntakeContext {
  readonly bus: Bus;
  readonly seal: Vault;
  readonly metrics: Metrics;
}

/** What came in at a trigger. */
export interface Arrival {
  /** RFC 3339 UTC with milliseconds. */
  readonly receivedAt: string;
  readonly headers: Record<string, string>;
  readonly payload: InboundPayload;
  /** Where what came in says of itself which execution it is, and the flow has no dedupe key that says so. */
  readonly executionId?: string;
  /** The same for what is surely the same arrival again; see `NewTrigger.once`. */
  readonly once?: string;
  readonly replyWithinMs?: number;
}

/**
 * Makes an arrival an execution: reads it, computes its keys, puts away what is no JSON, seals what is masked, stores the trigger. Throws
 * what `InboundPayload.prepare` throws, `SYSTEM_BUS_UNAVAILABLE` or `SYSTEM_BUS_FULL`.
 */
export async function acceptTrigger(
  { bus, seal, metrics }: IntakeContext,
  { env, flowId, revision, nodeId, mask, keys: rules }: DeployedTrigger,
  { payload, receivedAt, headers, executionId, once, replyWithinMs }: Arrival,
): Promise<Acceptance> {
  const meta = { env, flowId, revision, nodeId, receivedAt, headers };
  const bindings = { meta, vars: bus.registry.variables(env) };
  const prepared = await payload.prepare({ env, mask, rules, bindings, headers, seal }, bus.blobs);
  const isGivenId = executionId !== undefined && prepared.keys.dedupeKey === undefined;
  const acceptance = await bus.triggers.accept({
    ...meta,
    ...prepared.keys,
    ...(isGivenId ? { executionId } : {}),
    ...(once === undefined ? {} : { once }),
    ...(replyWithinMs === undefined ? {} : { replyWithinMs }),
    headers: prepared.headers,
    payload: prepared.payload,
  });
  const { duplicate } = acceptance;
  // With a given id a repeat is our own doing, not the sender's.
  if (isGivenId && duplicate) return acceptance;
  metrics.count('crossdock_triggers_accepted_total', { env, flow: flowId, duplicate: String(duplicate) });
  return acceptance;
}
