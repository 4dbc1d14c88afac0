import type { ScheduleConfig } from '@crossdock/connectors/manifests';
import { type Clock, childExecutionId } from '@crossdock/engine';
import { reasonOf } from '@crossdock/errors';
import { acceptOrRefuse, type DeployedTrigger, type IntakeContext, inMemory } from '../intake/index.ts';
import type { Logger } from '../log.ts';
import { allowedLateness, dueTick, ON_TIME_MS, type TickRules } from './due-tick.ts';

export interface ScheduleContext extends IntakeContext {
  readonly log: Logger;
  readonly clock: Clock;
}

/** Long waits are cut into steps, so that a clock that is set is noticed. */
const STEP_MS = 5_000;
const RETRY_MS = 1_000;
/** After this the bus may have forgotten that a tick's execution was stored. */
const REPEATABLE_MS = 86_400_000;

/**
 * Starts the executions of one schedule, together with every other process that does. The last tick is a record on the bus: who moves it on
 * by compare-and-swap has claimed the next tick. Whoever reads a last tick stores its execution, too, and moves it on only after that: the
 * one who claimed it may have died in between, and storing it again changes nothing.
 */
export async function runSchedule(
  context: ScheduleContext,
  { trigger, rules }: { trigger: DeployedTrigger; rules: TickRules },
  stopping: AbortSignal,
): Promise<void> {
  const { bus, clock, log, metrics } = context;
  const { env, flowId, nodeId } = trigger;
  /** The last tick whose execution is known to be stored, and the last that this process claimed. */
  let stored: string | undefined;
  let claimed: string | undefined;
  while (!stopping.aborted) {
    try {
      await step();
    } catch (error) {
      if (stopping.aborted) return;
      log.warn({ env, flowId, nodeId, reason: reasonOf(error) }, 'a schedule is tried again');
      await clock.sleep(RETRY_MS, stopping).catch(() => undefined);
    }
  }

  async function step(): Promise<void> {
    const last = await bus.ticks.last({ env, flowId, nodeId });
    if (last && last.tick !== stored && isOwed(last.tick)) await store(last.tick);
    // What was due before the deployment is not its business.
    const after = Math.max(last ? Date.parse(last.tick) : 0, Date.parse(trigger.deployedAt));
    const due = dueTick(rules, after, clock.now());
    await waitUntil(due ?? Number.POSITIVE_INFINITY);
    if (due === undefined || clock.now() - due > allowedLateness(rules)) return;
    const tick = new Date(due).toISOString();
    if (!(await bus.ticks.advance({ env, flowId, nodeId }, tick, last?.version ?? 0))) return;
    claimed = tick;
    metrics.count('crossdock_schedule_ticks_total', { env, flow: flowId });
    await store(tick);
  }

  /** Rejects when stopped. */
  async function waitUntil(due: number): Promise<void> {
    for (let left = due - clock.now(); left > 0; left = due - clock.now())
      await clock.sleep(Math.min(left, STEP_MS), stopping);
  }

  /** Whether a claimed tick may still lack its execution, and shall have it. */
  function isOwed(tick: string): boolean {
    const limitMs = tick === claimed ? REPEATABLE_MS : Math.min(REPEATABLE_MS, allowedLateness(rules));
    const isNew = clock.now() - Date.parse(tick) <= limitMs;
    // One right before a new revision was deployed may have lost who claimed it, too.
    return isNew && Date.parse(tick) > Date.parse(trigger.deployedAt) - ON_TIME_MS;
  }

  async function store(tick: string): Promise<void> {
    await acceptOrRefuse(context, trigger, {
      receivedAt: new Date(clock.now()).toISOString(),
      headers: {},
      bytes: Buffer.alloc(0),
      payload: inMemory(payloadOf(trigger, tick)),
      executionId: childExecutionId('tick', env, flowId, nodeId, tick),
    });
    stored = tick;
  }
}

function payloadOf({ nodeId, config }: DeployedTrigger, scheduledAt: string): unknown {
  const { timeZone, payload } = config as ScheduleConfig;
  return { scheduledAt, timeZone, nodeId, ...(payload === undefined ? {} : { payload }) };
}
