import { type Pace, paceOf } from '@crossdock/connector-sdk';
import { odooConnection } from '../connection/manifest.ts';
import type { OdooConnection } from './odoo-connection.ts';

const PLACE = 'odoo.pace';

/** Calls wait here for their turn, in the order in which they came. */
interface Queue {
  readonly waiting: (() => void)[];
  running: number;
  /** When the next may begin, by `performance.now()`. */
  nextAt: number;
  timer?: NodeJS.Timeout;
}

/** Makes a call when the connection's pace lets it, within this process. Rejects with the signal's reason when that aborts before. */
export async function atPace<Answer>(
  connection: OdooConnection,
  signal: AbortSignal,
  call: () => Promise<Answer>,
): Promise<Answer> {
  const pace = paceOf(odooConnection, connection.settings) as Pace;
  const queue = queueOf(connection);
  await turn(queue, pace, signal);
  try {
    return await call();
  } finally {
    queue.running--;
    serve(queue, pace);
  }
}

function queueOf({ memory }: OdooConnection): Queue {
  const known = memory.get(PLACE) as Queue | undefined;
  const queue = known ?? { waiting: [], running: 0, nextAt: 0 };
  memory.set(PLACE, queue);
  return queue;
}

function turn(queue: Queue, pace: Pace, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const begin = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = (): void => {
      queue.waiting.splice(queue.waiting.indexOf(begin), 1);
      reject(signal.reason);
    };
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    queue.waiting.push(begin);
    serve(queue, pace);
  });
}

/** Begins what may begin, and comes back for what has to wait for its time. */
function serve(queue: Queue, pace: Pace): void {
  while (queue.waiting.length > 0 && queue.running < pace.atOnce) {
    const leftMs = queue.nextAt - performance.now();
    if (leftMs > 0) {
      queue.timer ??= setTimeout(() => {
        delete queue.timer;
        serve(queue, pace);
      }, leftMs);
      return;
    }
    // Who was idle may make a second's worth of calls at once, no more.
    const stepMs = 1000 / pace.perSecond;
    queue.nextAt = Math.max(queue.nextAt, performance.now() - 1000 + stepMs) + stepMs;
    queue.running++;
    queue.waiting.shift()?.();
  }
}
