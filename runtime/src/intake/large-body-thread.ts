import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorJson, errorToJson, toFlowError } from '@crossdock/errors';
import { WrittenJson } from '@crossdock/payload';
import { openVault } from '../vault/index.ts';
import { compileKeys, type KeyRules, type KeySources, type TriggerKeys } from './keys.ts';
import { prepareJson } from './prepare-json.ts';
import { decodeUtf8 } from './utf8.ts';

// The thread that reads large bodies.

export interface LargeBodyTask {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly env: string;
  readonly sources: KeySources;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

export type LargeBodyAnswer =
  | {
      readonly id: number;
      readonly keys: TriggerKeys;
      readonly json: Uint8Array;
      readonly headers: Record<string, string>;
    }
  | { readonly id: number; readonly error: ErrorJson };

/** Of 20: where there are fewer processors than work, the event loop goes first. */
const NICENESS = 5;
const MAX_COMPILED = 100;
const compiled = new Map<string, KeyRules>();
const seal = openVault({ secretKey: (workerData as { secretKey: Uint8Array }).secretKey });

// Elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(NICENESS);
let last: Promise<void> = Promise.resolve();
// One after the other: two at once need twice the memory and are done no sooner.
parentPort?.on('message', (task: LargeBodyTask) => {
  last = last.then(() => work(task));
});

async function work({ id, bytes, env, sources, bindings, headers }: LargeBodyTask): Promise<void> {
  try {
    const { mask = [] } = sources;
    const prepared = await prepareJson(decodeUtf8(bytes), {
      env,
      mask,
      bindings,
      headers,
      seal,
      rules: rulesOf(sources),
    });
    const json = new TextEncoder().encode(textOf(prepared.payload));
    const { keys } = prepared;
    parentPort?.postMessage({ id, keys, json, headers: prepared.headers } satisfies LargeBodyAnswer, [json.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, error: errorToJson(toFlowError(error)) } satisfies LargeBodyAnswer);
  }
}

function textOf(payload: unknown): string {
  return payload instanceof WrittenJson && typeof payload.text === 'string' ? payload.text : JSON.stringify(payload);
}

function rulesOf(sources: KeySources): KeyRules {
  const name = JSON.stringify(sources);
  let rules = compiled.get(name);
  if (rules === undefined) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    rules = compileKeys(sources);
    compiled.set(name, rules);
  }
  return rules;
}
