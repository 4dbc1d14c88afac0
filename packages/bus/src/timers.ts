import type { TimerPort } from '@crossdock/engine';
import type { Link } from './link.ts';
import { runSubject, SERVER_HEADERS, timerSubject } from './names.ts';
import { publishPatiently } from './publish-patiently.ts';

/** What a timer carries: the lease token that the journal must show when it fires. */
export interface TimerBody {
  token: string;
}

/** Timers as nats-server message schedules (ADR-51): one subject per execution, so that arming again replaces. */
export function createTimers(link: Link): TimerPort {
  return {
    async arm(address, { token, dueAt }) {
      await publishPatiently(link, timerSubject(address.executionId), JSON.stringify({ token } satisfies TimerBody), {
        [SERVER_HEADERS.schedule]: `@at ${new Date(dueAt).toISOString()}`,
        [SERVER_HEADERS.scheduleTarget]: runSubject(address),
        [SERVER_HEADERS.rollup]: 'sub',
      });
    },
  };
}
