import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { EnginePorts, ExecutionAddress, Lease } from '../../ports.ts';
import type { DeadLetterRecord, JournalSnapshot, TriggerRecord } from '../../records.ts';

/** The engine's ports that stand on a bus. */
export type BusPorts = Pick<
  EnginePorts,
  'journal' | 'timers' | 'lanes' | 'children' | 'events' | 'commands' | 'cancels' | 'guards' | 'deadLetters' | 'blobs'
>;

/** A worker's ports on some bus, with what the contract needs beside them. */
export interface PortsUnderTest extends BusPorts {
  /** The ports of another worker on the same bus. */
  readonly other: BusPorts;
  /** Of an execution that nobody has heard of, in a flow whose triggers are delivered. */
  address(): ExecutionAddress;
  /** Stores a trigger, of the same flow unless it names another. Where it has a dedupe key a bus may keep it elsewhere. */
  accept(
    trigger: Partial<Pick<TriggerRecord, 'flowId' | 'headers' | 'keys' | 'payload' | 'keyBase' | 'seed'>>,
    place?: { lane?: string; dedupeKey?: string },
  ): Promise<ExecutionAddress>;
  /** What has been delivered to either worker for an execution, oldest first; a redelivery is one more. Held until it is answered or dropped. */
  delivered(executionId: string): Promise<readonly Lease[]>;
  /** Leaves a lease without an answer, as a worker that dies does. */
  drop(lease: Lease): void;
  /** What is stored of an execution's failure. */
  deadLettersOf(executionId: string): Promise<DeadLetterRecord[]>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets time go by. */
  pass(ms: number): Promise<void>;
}

/** One promise that the engine builds on. `run` rejects when it is broken; cases may run side by side on one bus. */
export interface ContractCase {
  /** A sentence. */
  name: string;
  run(under: PortsUnderTest): Promise<void>;
}

const PATIENCE_MS = 30_000;
const POLL_MS = 20;

/** Makes a case of a test. Whatever was delivered to the executions that it made is acked in the end. */
export function contractCase(name: string, test: (under: PortsUnderTest) => Promise<void>): ContractCase {
  return {
    name,
    async run(under) {
      const made: ExecutionAddress[] = [];
      const noted = (address: ExecutionAddress): ExecutionAddress => {
        made.push(address);
        return address;
      };
      try {
        await test({
          ...under,
          address: () => noted(under.address()),
          accept: async (trigger, place) => noted(await under.accept(trigger, place)),
        });
      } finally {
        for (const { executionId } of made) for (const lease of await under.delivered(executionId)) lease.ack();
      }
    },
  };
}

/** Waits for what a worker hears of by itself. Gives the first answer that is not undefined. */
export async function eventually<T>(
  under: PortsUnderTest,
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = under.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (under.now() > deadline) assert.fail(`not within ${PATIENCE_MS} ms: ${what}`);
    await under.pass(POLL_MS);
  }
}

/** Waits for the nth delivery to an execution, the first being 1. */
export function delivery(under: PortsUnderTest, { executionId }: ExecutionAddress, nth: number): Promise<Lease> {
  return eventually(under, `delivery ${nth}`, async () => (await under.delivered(executionId))[nth - 1]);
}

/** Acks the bells that have come for an execution and gives how many there were. */
export async function bellsOf(under: PortsUnderTest, { executionId }: ExecutionAddress): Promise<number> {
  const bells = (await under.delivered(executionId)).filter(({ command }) => command?.type === 'bell');
  for (const bell of bells) bell.ack();
  return bells.length;
}

/** Waits until an execution has been rung more often than so many times; gives how often it has. */
export function rung(under: PortsUnderTest, address: ExecutionAddress, before = 0): Promise<number> {
  return eventually(under, 'a bell', async () => {
    const bells = await bellsOf(under, address);
    return bells > before ? bells : undefined;
  });
}

/** The payload of a trigger as it was stored, read from its blob where it rests in one. */
export async function payloadOf(under: PortsUnderTest, { payload, payloadBlob }: TriggerRecord): Promise<unknown> {
  if (payloadBlob === undefined) return payload;
  assert.equal(payload, undefined, 'a payload that rests in a blob was read');
  return JSON.parse(new TextDecoder().decode(await under.blobs.get(payloadBlob)));
}

/** A journal record with a writer token of its own. */
export function aRecord(address: ExecutionAddress, parts: Partial<JournalSnapshot> = {}): JournalSnapshot {
  const { env, flowId, executionId } = address;
  const at = new Date().toISOString();
  return {
    ...{ v: 1, executionId, flowId, revision: 1, env, status: 'running' },
    ...{ lease: executionId, token: randomUUID(), write: 1, crashes: 0 },
    trigger: { nodeId: 'hook', receivedAt: at, headers: {}, keys: {}, seq: 1 },
    ...{ frontier: [], outputs: {}, nodeOutputs: {}, spans: [], startedAt: at },
    ...parts,
  };
}
