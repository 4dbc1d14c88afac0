import type { NodeManifest } from '@crossdock/connector-sdk';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { pollersByType } from '@crossdock/connectors/runners';
import { type DeployedTrigger, followTriggers, triggerName } from '../intake/index.ts';
import type { PollingContext } from './poll-once.ts';
import { runPoll } from './run-poll.ts';

/** The triggers of all deployments that have to ask for what has changed. */
export interface Polling {
  /** Looks no more, finishes what is in hand. */
  stop(): Promise<void>;
}

interface Running {
  readonly deployedAt: string;
  stop(): Promise<void>;
}

/** Looks for all deployments, sharing the looks with every other process that does. */
export function startPolling(context: PollingContext): Polling {
  const ends = [...pollersByType.keys()].map((type) => startType(context, type));
  return {
    async stop() {
      await Promise.all(ends.map((end) => end()));
    },
  };
}

function startType(context: PollingContext, type: string): () => Promise<void> {
  const running = new Map<string, Running>();
  const ending = new Set<Promise<void>>();
  const follower = followTriggers(context, type, take);
  return async () => {
    follower.stop();
    for (const one of running.values()) end(one);
    await Promise.all(ending);
  };

  function take(triggers: DeployedTrigger[]): void {
    const wanted = new Map(triggers.map((trigger) => [triggerName(trigger), trigger]));
    for (const [name, one] of running) {
      if (wanted.get(name)?.deployedAt === one.deployedAt) continue;
      running.delete(name);
      end(one);
    }
    for (const [name, trigger] of wanted) if (!running.has(name)) running.set(name, begin(context, type, trigger));
  }

  function end(one: Running): void {
    const ended = one.stop().finally(() => ending.delete(ended));
    ending.add(ended);
  }
}

function begin(context: PollingContext, type: string, trigger: DeployedTrigger): Running {
  const poll = pollersByType.get(type);
  const { connection } = manifestsByType.get(type) as NodeManifest;
  if (!poll || !connection) throw new TypeError(`${type} does not poll with a connection`);
  const stopping = new AbortController();
  const polled = { trigger, poll, connectionTypes: connection.types };
  const ended = runPoll(context, polled, stopping.signal);
  return {
    deployedAt: trigger.deployedAt,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
