import { Worker } from 'node:worker_threads';
import { errorFromJson, FlowError } from '@crossdock/errors';
import { WrittenJson } from '@crossdock/payload';
import type { LargeBodyAnswer, LargeBodyTask } from './large-body-thread.ts';
import type { PreparationContext, PreparedPayload } from './prepare-json.ts';

/** From here on a body is read beside the event loop: 512 kB take up to 50 ms, and everybody else's requests would wait for it. */
export const LARGE_BYTES = 512 * 1024;
/** A body of empty lists takes twenty times its size. */
const MAX_HEAP_MB = 2048;

/** Reads, checks, computes keys of and seals large JSON bodies in a thread that starts with the first of them. */
export interface LargeBodies {
  /** Throws as `prepareJson` does, and `DATA_TOO_LARGE` for what the thread's memory cannot hold. */
  prepare(
    bytes: Buffer,
    context: Pick<PreparationContext, 'env' | 'rules' | 'bindings' | 'headers'>,
  ): Promise<PreparedPayload>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(prepared: PreparedPayload): void;
  reject(error: unknown): void;
}

export function createLargeBodies(secretKey: Uint8Array): LargeBodies {
  let thread: Worker | undefined;
  let tasks = 0;
  const waiting = new Map<number, Waiting>();

  return {
    prepare(bytes, { env, rules: { sources }, bindings, headers }) {
      return new Promise((resolve, reject) => {
        const task: LargeBodyTask = { id: tasks++, bytes, env, sources, bindings, headers };
        waiting.set(task.id, { resolve, reject });
        thread ??= start();
        thread.ref();
        thread.postMessage(task);
      });
    },
    async close() {
      await thread?.terminate();
    },
  };

  function start(): Worker {
    const worker = new Worker(new URL('./large-body-thread.ts', import.meta.url), {
      workerData: { secretKey },
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.on('message', (answer: LargeBodyAnswer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) worker.unref();
      if ('error' in answer) one?.reject(errorFromJson(answer.error));
      else one?.resolve({ keys: answer.keys, payload: new WrittenJson(answer.json), headers: answer.headers });
    });
    worker.on('error', (error) => fail(worker, failureOf(error)));
    worker.on('exit', () => fail(worker, new FlowError('SYSTEM_STOPPING')));
    return worker;
  }

  /** One body is to blame, which one nobody knows: all that wait are answered, and the next body gets a new thread. */
  function fail(worker: Worker, error: FlowError): void {
    if (thread !== worker) return;
    thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }
}

function failureOf(error: unknown): FlowError {
  if ((error as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'reading a large body failed' }, cause: error });
  return new FlowError('DATA_TOO_LARGE', { message: 'the body takes too much memory to be read', cause: error });
}
