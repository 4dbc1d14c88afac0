import { Worker } from 'node:worker_threads';
import { errorFromJson, errorToJson, FlowError, toFlowError } from '@crossdock/errors';
import { type IsolateTask, ResultAssembly, type ResultPiece } from '@crossdock/mapping';
import type { FromThread, Sliced, ToThread } from './messages.ts';
import { NotJson, slicesOf } from './slices.ts';

/** How long after its deadline an evaluation may still stop by itself, which is told better than a kill. */
const GRACE_MS = 20;
/** A result may be large, and many such lie about until they are collected. */
const MAX_HEAP_MB = 256;
/** Recursion takes some hundred bytes a level, and mappings may go a hundred thousand deep. */
const STACK_MB = 64;

/** Sending goes on for about so long before other work gets its turn. */
const SENT_AT_ONCE_MS = 5;

/** One thread that does one evaluation at a time. */
export interface IsolateThread {
  /** Settles as the evaluation ends. The time that the thread takes to start does not count. */
  run(task: IsolateTask): Promise<unknown>;
  /** False once the thread was killed: another has to be started. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

interface Running {
  readonly task: IsolateTask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  timer?: NodeJS.Timeout;
  /** What has come of a large result. */
  assembly?: ResultAssembly;
}

export function startIsolateThread(): IsolateThread {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, stackSizeMb: STACK_MB },
  });
  // A process that has nothing else to do may end, with a thread that has nothing to do.
  worker.unref();
  let isReady = false;
  let isAlive = true;
  let running: Running | undefined;

  worker.on('message', (message: FromThread) => {
    if (message.type === 'ready') {
      isReady = true;
      if (running) void begin(running);
    } else if (message.type === 'call') void call(message);
    else if (message.type === 'done') settle()?.resolve(message.result);
    else if (message.type === 'portion') take(message.portion);
    else if (message.type === 'complete') complete();
    else settle()?.reject(errorFromJson(message.error));
  });
  worker.on('error', (error) => fail(failureOf(error)));
  worker.on('exit', () => fail(new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the isolate ended' } })));

  return {
    run(task) {
      return new Promise((resolve, reject) => {
        running = { task, resolve, reject };
        worker.ref();
        if (isReady) void begin(running);
      });
    },
    isAlive: () => isAlive,
    async stop() {
      isAlive = false;
      await worker.terminate();
    },
  };

  async function begin(one: Running): Promise<void> {
    const { functions, ...rest } = one.task;
    const { timeoutMs } = rest.limits;
    const startedAt = performance.now();
    const late = { limit: 'time', most: `${Math.ceil(timeoutMs)} ms` };
    const kill = () => fail(new FlowError('DATA_MAPPING_LIMIT', { details: late }));
    if (timeoutMs > 0) one.timer = setTimeout(kill, timeoutMs + GRACE_MS);
    try {
      const data = await sentAhead(one);
      if (running !== one) return;
      const left = timeoutMs > 0 ? Math.max(1, timeoutMs - (performance.now() - startedAt)) : timeoutMs;
      const limits = { ...rest.limits, timeoutMs: left };
      send({ type: 'evaluate', task: { ...rest, ...data, limits, functions: Object.keys(functions) } });
    } catch (error) {
      if (running === one) settle()?.reject(unsent(error));
    }
  }

  /** Sends what is large piece by piece, between which other work goes on. Gives what is still to be sent with the task. */
  async function sentAhead(one: Running): Promise<Pick<IsolateTask, 'input' | 'bindings'>> {
    const { input, bindings } = one.task;
    const isSent = await sendSlices(one, 'input', input);
    const small: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(bindings)) {
      if (!(await sendSlices(one, `$${name}`, value))) small[name] = value;
    }
    return { input: isSent ? undefined : input, bindings: small };
  }

  async function sendSlices(one: Running, of: Sliced, value: unknown): Promise<boolean> {
    const slices = slicesOf(value);
    if (slices === undefined) return false;
    let turnAt = performance.now();
    try {
      for (const json of slices) {
        if (running !== one) return true;
        send({ type: 'slice', of, json });
        if (performance.now() - turnAt < SENT_AT_ONCE_MS) continue;
        await new Promise((next) => setImmediate(next));
        turnAt = performance.now();
      }
      return true;
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      send({ type: 'forget', of });
      return false;
    }
  }

  async function call({ call, name, args }: Extract<FromThread, { type: 'call' }>): Promise<void> {
    try {
      send({ type: 'answer', call, result: await running?.task.functions[name]?.(...args) });
    } catch (error) {
      send({ type: 'refusal', call, error: errorToJson(toFlowError(error)) });
    }
  }

  /** Takes one portion in each turn of the event loop, so that other work goes on. The evaluation itself is through: its deadline is no more. */
  function take(portion: readonly ResultPiece[]): void {
    if (!running) return;
    clearTimeout(running.timer);
    running.assembly ??= new ResultAssembly();
    running.assembly.add(portion);
    setImmediate(() => send({ type: 'next' }));
  }

  function complete(): void {
    const one = settle();
    one?.resolve(one.assembly?.whole);
  }

  function send(message: ToThread): void {
    worker.postMessage(message);
  }

  function settle(): Running | undefined {
    const one = running;
    clearTimeout(one?.timer);
    worker.unref();
    running = undefined;
    return one;
  }

  /** The thread is no good any more. */
  function fail(error: FlowError): void {
    isAlive = false;
    void worker.terminate();
    settle()?.reject(error);
  }
}

/** What is nested too deeply to be copied; anything else that cannot be is the caller's affair. */
function unsent(error: unknown): unknown {
  const details = { limit: 'depth', most: 'what the stack holds' };
  return error instanceof RangeError ? new FlowError('DATA_MAPPING_LIMIT', { details }) : error;
}

function failureOf(error: unknown): FlowError {
  const isMemory = (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isMemory) return new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'memory', most: `${MAX_HEAP_MB} MB` } });
  return toFlowError(error);
}
