import type { Isolate, IsolateTask } from '@crossdock/mapping';
import { type IsolateThread, startIsolateThread } from './isolate-thread.ts';

/** More would take the processor from the event loop that they keep free. */
const MAX_THREADS = 2;

/**
 * The isolate of this process. Its first thread starts with the first evaluation that needs one: a thread takes a second of processor time and 50 MB,
 * and most processes never need it. From then on one is kept waiting; a second one starts with the first evaluation that finds that one busy.
 */
export interface IsolatePool extends Isolate {
  /** Ends the threads; evaluations in them fail. */
  close(): Promise<void>;
}

/**
 * Evaluations take turns in the threads, in the order they come. The time limit of each counts from its turn: what others take is not its fault.
 */
export function createIsolate(): IsolatePool {
  const threads = new Set<IsolateThread>();
  const idle: IsolateThread[] = [];
  const line: (() => void)[] = [];
  let busy = 0;
  let isClosed = false;

  return {
    async evaluate(task) {
      if (busy >= MAX_THREADS) await new Promise<void>((go) => line.push(go));
      else busy++;
      try {
        return await evaluateNow(task);
      } finally {
        const next = line.shift();
        if (next) next();
        else busy--;
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...threads].map((thread) => thread.stop()));
    },
  };

  async function evaluateNow(task: IsolateTask): Promise<unknown> {
    const thread = idle.pop() ?? start();
    try {
      return await thread.run(task);
    } finally {
      if (thread.isAlive()) idle.push(thread);
      else threads.delete(thread);
      // The next one is not to wait for a thread to start.
      if (idle.length === 0 && !isClosed) idle.push(start());
    }
  }

  function start(): IsolateThread {
    const thread = startIsolateThread();
    threads.add(thread);
    return thread;
  }
}
