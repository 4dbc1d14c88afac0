import { type Execution, isTerminal, opened, sealed, TRIGGER_REF } from './execution.ts';
import { nodeOfOutputKey, openSplits } from './item-scope.ts';
import type { EnginePorts } from './ports.ts';
import type { JournalSnapshot, RestingValue } from './records.ts';
import { jsonBytes, recordTrace, within } from './trace-payload.ts';

/** Over this many bytes of outputs the largest spill to blobs. */
export const SNAPSHOT_OUTPUT_BYTES = 512 * 1024;

/** A child's result over this many bytes of JSON goes to a blob. */
const RESULT_BYTES = 64 * 1024;

/** Of a reply's body the record keeps so much. */
export const REPLY_BODY_BYTES = 64 * 1024;

export type CheckpointPorts = Pick<EnginePorts, 'journal' | 'trace' | 'blobs' | 'seal' | 'newToken'>;

/** What a write says besides what the run has done to the snapshot; `begun`, `asleep` and `wakeAt` hold for this write only. */
type Change = Partial<
  Pick<JournalSnapshot, 'status' | 'lease' | 'asleep' | 'wakeAt' | 'crashes' | 'begun' | 'error' | 'endedAt' | 'result'>
>;

/**
 * Writes the execution's state by compare-and-swap: `running`, or `compensating` once it is, unless the change says otherwise. Any write
 * but a claim is progress: it clears what was counted of crashes. Throws as `JournalPort.write` does; the execution must not be carried on
 * after that.
 */
export async function writeCheckpoint(
  ports: CheckpointPorts,
  execution: Execution,
  change: Change = {},
): Promise<void> {
  const { begun: _begun, asleep: _asleep, wakeAt: _wakeAt, ...present } = execution.snapshot;
  const status = present.status === 'compensating' ? present.status : 'running';
  const next: JournalSnapshot = { ...present, crashes: 0, status, ...change };
  // A replay from inside the flow needs the outputs of what failed, not of what went well.
  const isDone = next.status === 'succeeded' || next.status === 'compensated';
  const outputs = isDone ? {} : await restOutputs(ports, execution);
  const compact = isDone ? { nodeOutputs: {}, frontier: [] } : {};
  if (isTerminal(next)) delete next.ends;
  const written: JournalSnapshot = { ...next, ...compact, outputs, token: ports.newToken(), write: next.write + 1 };
  execution.version = await ports.journal.write({ ...written, ...restReply(ports, execution) }, execution.version);
  execution.snapshot = written;
  recordTrace(ports, execution);
}

/** The caller has the reply already: the record keeps what is enough to see what it was. */
function restReply(ports: Pick<EnginePorts, 'seal'>, execution: Execution): Pick<JournalSnapshot, 'reply'> {
  const { reply } = execution.snapshot;
  if (!reply) return {};
  return { reply: { ...reply, body: within(sealed(ports, execution, reply.body), REPLY_BODY_BYTES) } };
}

/** Whether the trigger's payload is needed and not in the snapshot. */
export function needsTrigger(execution: Execution): boolean {
  return !(TRIGGER_REF in execution.snapshot.outputs) && neededRefs(execution).includes(TRIGGER_REF);
}

/** Opens the outputs that a snapshot holds. */
export async function loadOutputs(ports: Pick<EnginePorts, 'blobs' | 'seal'>, execution: Execution): Promise<void> {
  for (const [ref, output] of Object.entries(execution.snapshot.outputs)) {
    execution.resting.set(ref, { output, size: 'blob' in output ? 0 : jsonBytes(output.value) });
    execution.payloads.set(ref, await openValue(ports, execution, output));
  }
}

async function restOutputs(ports: CheckpointPorts, execution: Execution): Promise<JournalSnapshot['outputs']> {
  const { resting: known, payloads, snapshot } = execution;
  for (const ref of neededRefs(execution)) {
    const unread = snapshot.outputs[ref];
    if (known.has(ref) || (!payloads.has(ref) && unread === undefined)) continue;
    // A redelivery is recorded before its payloads are read: what rests stays as it is.
    const output =
      unread && !payloads.has(ref) ? unread : { value: sealed(ports, execution, payloads.get(ref) ?? null) };
    known.set(ref, { output, size: 'blob' in output ? 0 : jsonBytes(output.value) });
  }
  // The trigger's payload is with the trigger until it has been read.
  const refs = neededRefs(execution).filter((ref) => known.has(ref));
  const resting = refs.map((ref) => ({ ref, size: execution.resting.get(ref)!.size })).sort((a, b) => b.size - a.size);
  let total = resting.reduce((sum, { size }) => sum + size, 0);
  for (const { ref, size } of resting) {
    if (total <= SNAPSHOT_OUTPUT_BYTES) break;
    execution.resting.set(ref, { output: await spill(ports, execution.resting.get(ref)!.output), size: 0 });
    total -= size;
  }
  return Object.fromEntries(refs.map((ref) => [ref, execution.resting.get(ref)!.output]));
}

async function spill(ports: Pick<EnginePorts, 'blobs'>, output: RestingValue): Promise<RestingValue> {
  if ('blob' in output) return output;
  const bytes = new TextEncoder().encode(JSON.stringify(output.value) ?? 'null');
  const { ref } = await ports.blobs.put(bytes, 'application/json');
  return { blob: ref };
}

/** A value in the form in which it may rest: masked places sealed, a large one in a blob. */
export async function restValue(
  ports: Pick<EnginePorts, 'blobs' | 'seal'>,
  execution: Execution,
  value: unknown,
): Promise<RestingValue> {
  const resting = { value: sealed(ports, execution, value ?? null) };
  return jsonBytes(resting.value) > RESULT_BYTES ? spill(ports, resting) : resting;
}

/** Reads what `restValue` wrote. */
export async function openValue(
  ports: Pick<EnginePorts, 'blobs' | 'seal'>,
  execution: Execution,
  resting: RestingValue,
): Promise<unknown> {
  const value =
    'blob' in resting ? JSON.parse(new TextDecoder().decode(await ports.blobs.get(resting.blob))) : resting.value;
  return opened(ports, execution, value);
}

/** Inputs that wait, outputs that an expression may still ask for, and what splits, sagas and parents will need. */
function neededRefs({ plan, snapshot }: Execution): string[] {
  if (!plan) return [];
  const { frontier, nodeOutputs, effects = [], ends = [] } = snapshot;
  const named = Object.entries(nodeOutputs)
    .filter(([key]) => plan.namedNodes === 'all' || plan.namedNodes.has(nodeOfOutputKey(key)))
    .map(([, ref]) => ref);
  const trigger = plan.namesTrigger ? [TRIGGER_REF] : [];
  const split = openSplits(snapshot).flatMap(([, { inputRef, results }]) => [
    inputRef,
    ...results.flatMap(({ refs }) => refs),
  ]);
  const saga = effects.flatMap(({ inputRef, outputRef }) => [
    inputRef,
    ...(outputRef === undefined ? [] : [outputRef]),
  ]);
  const decided = frontier.flatMap(({ wait }) => (wait?.kind === 'doubt' ? (wait.resolved?.outputRef ?? []) : []));
  const inputs = frontier.map((entry) => entry.inputRef);
  return [...new Set([...inputs, ...named, ...trigger, ...split, ...saga, ...decided, ...ends])];
}
