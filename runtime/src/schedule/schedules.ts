import type { ScheduleConfig } from '@crossdock/connectors/manifests';
import { reasonOf } from '@crossdock/errors';
import { nextTick } from '@crossdock/flow-model';
import { type DeployedTrigger, followTriggers, triggerName } from '../intake/index.ts';
import type { TickRules } from './due-tick.ts';
import { runSchedule, type ScheduleContext } from './schedule-loop.ts';

/** The `schedule` triggers of all deployments. */
export interface Schedules {
  /** Claims no more ticks, stores the executions of those it has claimed. */
  stop(): Promise<void>;
}

interface Running {
  /** A revision deployed anew begins anew. */
  readonly deployedAt: string;
  stop(): Promise<void>;
}

/** Runs the schedules of all deployments, sharing them with every other process that does. */
export function startSchedules(context: ScheduleContext): Schedules {
  const running = new Map<string, Running>();
  const ending = new Set<Promise<void>>();
  const follower = followTriggers(context, 'schedule', take);

  return {
    async stop() {
      follower.stop();
      for (const schedule of running.values()) end(schedule);
      await Promise.all(ending);
    },
  };

  function take(triggers: DeployedTrigger[]): void {
    const wanted = new Map(triggers.map((trigger) => [triggerName(trigger), trigger]));
    for (const [name, schedule] of running) {
      if (wanted.get(name)?.deployedAt === schedule.deployedAt) continue;
      running.delete(name);
      end(schedule);
    }
    for (const [name, trigger] of wanted) if (!running.has(name)) running.set(name, begin(context, trigger));
  }

  function end(schedule: Running): void {
    const ended = schedule.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  }
}

function begin(context: ScheduleContext, trigger: DeployedTrigger): Running {
  const { env, flowId, nodeId, deployedAt } = trigger;
  const stopping = new AbortController();
  const rules = rulesOf(trigger);
  let ended = Promise.resolve();
  try {
    nextTick(rules.schedule, new Date());
    ended = runSchedule(context, { trigger, rules }, stopping.signal);
  } catch (error) {
    context.log.error({ env, flowId, nodeId, reason: reasonOf(error) }, 'a schedule cannot be read and never ticks');
  }
  return {
    deployedAt,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

function rulesOf({ config }: DeployedTrigger): TickRules {
  const { cron, timeZone, dst, catchUp, maxLatenessMs } = config as ScheduleConfig;
  return { schedule: { cron, timeZone, dst }, catchUp, maxLatenessMs };
}
