import type { TimerPort } from '@crossdock/engine';
import type { RunBody } from './commands.ts';
import type { Link } from './link.ts';
import { runSubject, SERVER_HEADERS, timerSubject } from './names.ts';
import { publishPatiently } from './publish-patiently.ts';

/** Timers as nats-server message schedules (ADR-51): one subject per execution, so that arming again replaces. */
export function createTimers(link: Link): TimerPort {
  return {
    async arm(address, { token, dueAt }) {
      const body: RunBody = { token };
      await publishPatiently(
        link,
        timerSubject(address.executionId),
        JSON.stringify(body),
        scheduleFields(new Date(dueAt), runSubject(address)),
      );
    },
  };
}

/** Headers that make a message come to `target` at this time; one on the same subject is replaced. */
export function scheduleFields(dueAt: Date, target: string): Record<string, string> {
  return {
    [SERVER_HEADERS.schedule]: `@at ${dueAt.toISOString()}`,
    [SERVER_HEADERS.scheduleTarget]: target,
    [SERVER_HEADERS.rollup]: 'sub',
  };
}
