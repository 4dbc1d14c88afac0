import { type ErrorJson, errorFromJson, FlowError } from '@crossdock/errors';
import type { Isolate, IsolateTask } from '@crossdock/mapping';
import MappingWorker from './mapping-worker.ts?worker';

/** How long after its deadline an evaluation may still stop by itself. */
const GRACE_MS = 20;

/** What is sent to the worker; the page's functions cannot be. */
export type SentTask = Omit<IsolateTask, 'functions'>;

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: ErrorJson };

/** Evaluates what takes long in a web worker, one after the other, so that the page goes on; ended at the time limit. */
export function createPageIsolate(): Isolate {
  let worker: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    evaluate(task) {
      const turn = last.then(() => evaluateNow(task));
      last = turn.catch(() => undefined);
      return turn;
    },
  };

  async function evaluateNow({ functions, ...task }: IsolateTask): Promise<unknown> {
    if (Object.keys(functions).length > 0) throw new TypeError('functions of the page stay in the page');
    worker ??= startWorker();
    const running = worker;
    const answer = Promise.withResolvers<unknown>();
    const fail = (error: unknown) => {
      worker = undefined;
      void running.then((one) => one.terminate());
      answer.reject(error);
    };
    const one = await running.catch((error: unknown) => {
      worker = undefined;
      throw error;
    });
    const { timeoutMs } = task.limits;
    const timer = setTimeout(
      () =>
        fail(new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'time', most: `${Math.ceil(timeoutMs)} ms` } })),
      timeoutMs + GRACE_MS,
    );
    one.onerror = ({ message }) => fail(new Error(message));
    one.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'done') answer.resolve(data.result);
      else if (data.type === 'failed') answer.reject(errorFromJson(data.error));
    };
    one.postMessage(task satisfies SentTask);
    return answer.promise.finally(() => clearTimeout(timer));
  }
}

/** Loading takes its time, which is not the evaluation's. */
function startWorker(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new MappingWorker();
    worker.onmessage = () => resolve(worker);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}
