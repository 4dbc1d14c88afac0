import { errorFromJson, errorToJson, FlowError, toFlowError } from '@crossdock/errors';
import type { Isolate, IsolateTask } from '@crossdock/mapping';
import MappingWorker from './mapping-worker.ts?worker';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** How long after its deadline an evaluation may still stop by itself. */
const GRACE_MS = 20;

/** A web worker, as far as it is used here. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/**
 * Evaluates what takes long in a web worker, one after the other, so that the page goes on; ended at the time limit. The page's functions are called in
 * the page.
 * @param start gives a worker that is ready
 */
export function createPageIsolate(start: () => Promise<WorkerPort> = startWorker): Isolate {
  let worker: Promise<WorkerPort> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    evaluate(task) {
      const turn = last.then(() => evaluateNow(task));
      last = turn.catch(() => undefined);
      return turn;
    },
  };

  async function evaluateNow({ functions, ...task }: IsolateTask): Promise<unknown> {
    worker ??= start();
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
    const send = (message: ToWorker) => one.postMessage(message);
    const { timeoutMs } = task.limits;
    const timer = setTimeout(
      () =>
        fail(new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'time', most: `${Math.ceil(timeoutMs)} ms` } })),
      timeoutMs + GRACE_MS,
    );
    one.onerror = ({ message }) => fail(new Error(message));
    one.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'call') void call(data);
      else if (data.type === 'done') answer.resolve(data.result);
      else if (data.type === 'failed') answer.reject(errorFromJson(data.error));
    };
    send({ type: 'evaluate', task: { ...task, functions: Object.keys(functions) } });
    return answer.promise.finally(() => clearTimeout(timer));

    async function call({ call, name, args }: Extract<FromWorker, { type: 'call' }>): Promise<void> {
      try {
        send({ type: 'answer', call, result: await functions[name]?.(...args) });
      } catch (error) {
        send({ type: 'refusal', call, error: errorToJson(toFlowError(error)) });
      }
    }
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
