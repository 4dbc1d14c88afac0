import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { errorFromJson, errorToJson, toFlowError } from '@crossdock/errors';
import { actAsIsolate, compileMapping, piecesOf } from '@crossdock/mapping';
import type { FromThread, SentTask, Sliced, ToThread } from './messages.ts';

// The thread that evaluates mappings which take long. Its owner kills it when their time is over.

const waiting = new Map<number, { resolve(result: unknown): void; reject(error: unknown): void }>();
let calls = 0;
let goOn: (() => void) | undefined;
/** What has come ahead of the next task. */
const ahead = new Map<Sliced, string>();

/** Of 20: where there are fewer processors than work, the event loop goes first. */
const NICENESS = 5;

// Elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(NICENESS);
actAsIsolate();
parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'slice') return void ahead.set(message.of, (ahead.get(message.of) ?? '') + message.json);
  if (message.type === 'forget') return void ahead.delete(message.of);
  if (message.type === 'next') return goOn?.();
  if (message.type === 'evaluate') return void evaluate(message.task);
  const call = waiting.get(message.call);
  waiting.delete(message.call);
  if (message.type === 'answer') call?.resolve(message.result);
  else call?.reject(errorFromJson(message.error));
});
send({ type: 'ready' });

async function evaluate(task: SentTask): Promise<void> {
  const { source, limits, clock, functions } = task;
  try {
    const { input, bindings } = arrived(task);
    const callable = Object.fromEntries(functions.map((name) => [name, askFor(name)]));
    const result = await compileMapping(source, limits).evaluate(input, { ...bindings, ...callable }, clock);
    await sendResult(result);
  } catch (error) {
    send({ type: 'failed', error: errorToJson(toFlowError(error)) });
  } finally {
    waiting.clear();
  }
}

async function sendResult(result: unknown): Promise<void> {
  const portions = piecesOf(result);
  if (portions === undefined) return send({ type: 'done', result });
  for (const portion of portions) {
    const isTaken = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    send({ type: 'portion', portion });
    await isTaken;
  }
  send({ type: 'complete' });
}

/** The data of a task, with what came ahead of it. */
function arrived({ input, bindings }: SentTask): Pick<SentTask, 'input' | 'bindings'> {
  const all: Record<string, unknown> = { ...bindings };
  let whole = input;
  for (const [of, json] of ahead) {
    if (of === 'input') whole = JSON.parse(json);
    else all[of.slice(1)] = JSON.parse(json);
  }
  ahead.clear();
  return { input: whole, bindings: all };
}

/** A function of the thread that asked, which answers later. */
function askFor(name: string) {
  return (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const call = calls++;
      waiting.set(call, { resolve, reject });
      send({ type: 'call', call, name, args });
    });
}

function send(message: FromThread): void {
  parentPort?.postMessage(message);
}
