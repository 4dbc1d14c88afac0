import { setTimeout as sleep } from 'node:timers/promises';
import type { PollPosition } from '@crossdock/bus';
import type { HttpPort, Poll, PollTrigger } from '@crossdock/connector-sdk';
import { childExecutionId } from '@crossdock/engine';
import { FlowError, isFlowError } from '@crossdock/errors';
import { compileMapping } from '@crossdock/mapping';
import type { Connections } from '../connections/index.ts';
import { acceptOrRefuse, type DeployedTrigger, type IntakeContext, inMemory } from '../intake/index.ts';
import type { Logger } from '../log.ts';

export interface PollingContext extends IntakeContext {
  readonly log: Logger;
  readonly connections: Connections;
  readonly http: (env: string) => HttpPort;
}

/** A trigger with what looks for it. */
export interface PolledTrigger {
  readonly trigger: DeployedTrigger;
  readonly poll: PollTrigger;
  /** What its connection must be of. */
  readonly connectionTypes: readonly string[];
}

/** Executions stored at once. */
const IN_HAND = 16;
const RETRY_MS = 1_000;

/**
 * Looks once: claims what was found, stores its executions, settles. Whoever comes after a process that died in between finds the claim and what
 * it owes; storing an execution again changes nothing. `more`: another look finds more at once.
 */
export async function pollOnce(
  context: PollingContext,
  polled: PolledTrigger,
  signal: AbortSignal,
): Promise<{ more: boolean }> {
  const { bus, log, metrics } = context;
  const { trigger } = polled;
  const { env, flowId, nodeId } = trigger;
  const place = { env, flowId, nodeId };
  const stored = await bus.positions.position(place);
  const ended = stored?.value.ended;
  if (ended && Date.parse(ended.at) >= Date.parse(trigger.deployedAt)) {
    showEnd(true);
    return { more: false };
  }
  showEnd(false);
  let version = stored?.version ?? 0;
  const swap = async (value: PollPosition): Promise<boolean> => {
    const next = await bus.positions.swapPosition(place, value, version);
    version = next ?? version;
    return next !== undefined;
  };
  const { claim, settled, arrivals, more } = await look(context, polled, ended ? undefined : stored?.value.position, {
    signal,
    async onLost(error) {
      if (!(await swap({ ended: { reason: error.message, at: new Date().toISOString() } }))) return;
      showEnd(true);
      log.error({ ...place, reason: error.message }, 'changes cannot be told any more until the flow is deployed anew');
    },
  });
  if (arrivals.length > 0 && !(await swap({ position: claim }))) return { more: true };
  await storeAll(context, trigger, arrivals);
  const value = { position: settled };
  if (JSON.stringify(value) !== JSON.stringify(stored?.value)) await swap(value);
  metrics.count('crossdock_poll_changes_total', { env, flow: flowId }, arrivals.length);
  return { more };

  function showEnd(isEnded: boolean): void {
    metrics.set('crossdock_poll_ended', isEnded ? 1 : 0, { env, flow: flowId, node: nodeId });
  }
}

async function look(
  { bus, connections, http }: PollingContext,
  { trigger, poll, connectionTypes }: PolledTrigger,
  position: unknown,
  { signal, onLost }: { signal: AbortSignal; onLost: (error: FlowError) => Promise<void> },
): Promise<Poll> {
  const { env, nodeId, config, connection: name } = trigger;
  if (name === undefined) throw new FlowError('CONFIG_CONNECTION_MISSING', { details: { connection: nodeId, env } });
  try {
    return await poll(position, {
      ...{ config, signal, http: http(env), now: Date.now() },
      connection: await connections.open(env, name, connectionTypes),
      evaluate: async (source) => compileMapping(source).evaluate(null, { vars: bus.registry.variables(env) }),
    });
  } catch (error) {
    if (isFlowError(error, 'REMOTE_POSITION_LOST')) await onLost(error);
    throw error;
  }
}

/** In order, several at a time; goes on until each is stored, as what is claimed must not be left. */
async function storeAll(context: PollingContext, trigger: DeployedTrigger, arrivals: Poll['arrivals']): Promise<void> {
  const left = arrivals[Symbol.iterator]();
  const storing = Array.from({ length: IN_HAND }, async () => {
    for (const { key, payload } of left) await storeOne(context, trigger, { key, payload });
  });
  await Promise.all(storing);
}

async function storeOne(
  context: PollingContext,
  trigger: DeployedTrigger,
  { key, payload }: Poll['arrivals'][number],
): Promise<void> {
  const { env, flowId, nodeId } = trigger;
  const arrival = {
    ...{ receivedAt: new Date().toISOString(), headers: {}, bytes: Buffer.alloc(0), payload: inMemory(payload) },
    executionId: childExecutionId('change', env, flowId, nodeId, key),
  };
  for (let tries = 1; ; tries++) {
    try {
      await acceptOrRefuse(context, trigger, arrival);
      return;
    } catch (error) {
      if (tries === 3) throw error;
      await sleep(RETRY_MS);
    }
  }
}
