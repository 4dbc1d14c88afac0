import { type Execution, isTerminal, mayHoldSealed, opened, sealed, TRIGGER_REF } from './execution.ts';
import { nodeOfOutputKey, openSplits } from './item-scope.ts';
import type { EnginePorts } from './ports.ts';
import type { JournalSnapshot, RestingValue } from './records.ts';
import { jsonBytes, recordTrace, within } from './trace-payload.ts';

/** Over this many bytes of outputs the largest spill to blobs. */
export const SNAPSHOT_OUTPUT_BYTES = 512 * 1024;

/** A child's result over this many bytes of JSON goes to a blob. */
const RESULT_BYTES = 64 * 1024;

/** Masked values that children are to know, over this many bytes of JSON, go to a blob that all of them read. */
const MASKED_BYTES = 4 * 1024;

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
  const { snapshot } = execution;
  const status = snapshot.status === 'compensating' ? snapshot.status : 'running';
  const next: JournalSnapshot = {
    ...ofEveryWrite(snapshot),
    crashes: 0,
    status,
    ...change,
    token: ports.newToken(),
    write: snapshot.write + 1,
  };
  // A replay from inside the flow needs the outputs of what failed, not of what went well.
  if (next.status === 'succeeded' || next.status === 'compensated') {
    next.outputs = {};
    next.nodeOutputs = {};
    next.frontier = [];
  } else next.outputs = await restOutputs(ports, execution);
  if (isTerminal(next)) delete next.ends;
  execution.version = await ports.journal.write(withRestingReply(ports, execution, next), execution.version);
  execution.snapshot = next;
  recordTrace(ports, execution);
}

/** The snapshot without what held for one write only. */
function ofEveryWrite(snapshot: JournalSnapshot): JournalSnapshot {
  if (snapshot.begun === undefined && snapshot.asleep === undefined && snapshot.wakeAt === undefined) return snapshot;
  const { begun: _begun, asleep: _asleep, wakeAt: _wakeAt, ...rest } = snapshot;
  return rest;
}

/** The caller has the reply already: the record keeps what is enough to see what it was. */
function withRestingReply(
  ports: Pick<EnginePorts, 'seal'>,
  execution: Execution,
  next: JournalSnapshot,
): JournalSnapshot {
  const { reply } = next;
  if (!reply) return next;
  const { body, ...head } = sealed(ports, execution, reply);
  return { ...next, reply: { ...head, body: within(body, REPLY_BODY_BYTES) } };
}

/** Whether the trigger's payload is needed and not in the snapshot. */
export function needsTrigger(execution: Execution): boolean {
  return !(TRIGGER_REF in execution.snapshot.outputs) && neededRefs(execution).has(TRIGGER_REF);
}

/** Opens the outputs that a snapshot holds, after what its execution is to know of masked values. */
export async function loadOutputs(ports: Pick<EnginePorts, 'blobs' | 'seal'>, execution: Execution): Promise<void> {
  const { masked } = execution.snapshot.trigger;
  if (masked) await openValue(ports, execution, masked);
  for (const [ref, output] of Object.entries(execution.snapshot.outputs)) {
    execution.resting.set(ref, { output, size: 'blob' in output ? 0 : jsonBytes(output.value) });
    execution.payloads.set(ref, await openValue(ports, execution, output));
  }
}

async function restOutputs(ports: CheckpointPorts, execution: Execution): Promise<JournalSnapshot['outputs']> {
  const { resting: known, payloads, snapshot } = execution;
  const refs: string[] = [];
  let total = 0;
  const wanted = neededRefs(execution);
  // Masked values are sealed wherever they turn up again, by a worker that has opened what they came with.
  if (execution.plan?.mask.length) wanted.add(TRIGGER_REF);
  for (const ref of wanted) {
    const unread = snapshot.outputs[ref];
    // The trigger's payload is with the trigger until it has been read.
    if (!known.has(ref) && !payloads.has(ref) && unread === undefined) continue;
    const resting = known.get(ref) ?? restingOf(ports, execution, ref, unread);
    known.set(ref, resting);
    refs.push(ref);
    total += resting.size;
  }
  if (total > SNAPSHOT_OUTPUT_BYTES) await spillLargest(ports, execution, refs, total);
  const outputs: JournalSnapshot['outputs'] = {};
  for (const ref of refs) outputs[ref] = known.get(ref)!.output;
  return outputs;
}

/** A redelivery is recorded before its payloads are read: what rests stays as it is. */
function restingOf(
  ports: CheckpointPorts,
  execution: Execution,
  ref: string,
  unread: RestingValue | undefined,
): { output: RestingValue; size: number } {
  const { payloads } = execution;
  const output = unread && !payloads.has(ref) ? unread : { value: sealed(ports, execution, payloads.get(ref) ?? null) };
  return { output, size: 'blob' in output ? 0 : jsonBytes(output.value) };
}

async function spillLargest(
  ports: CheckpointPorts,
  { resting }: Execution,
  refs: readonly string[],
  total: number,
): Promise<void> {
  const sizes = refs.map((ref) => ({ ref, size: resting.get(ref)!.size })).sort((a, b) => b.size - a.size);
  let left = total;
  for (const { ref, size } of sizes) {
    if (left <= SNAPSHOT_OUTPUT_BYTES) return;
    resting.set(ref, { output: await spill(ports, resting.get(ref)!.output), size: 0 });
    left -= size;
  }
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

/** The masked values that the execution has met, for those that it starts; undefined when there are none. */
export async function restMasked(
  ports: Pick<EnginePorts, 'blobs' | 'seal'>,
  execution: Execution,
): Promise<RestingValue | undefined> {
  const { env, executionId } = execution.address;
  const value = mayHoldSealed(execution) ? ports.seal.met({ env, executionId }) : undefined;
  if (value === undefined) return undefined;
  return jsonBytes(value) > MASKED_BYTES ? spill(ports, { value }) : { value };
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
function neededRefs({ plan, snapshot }: Execution): Set<string> {
  const needed = new Set<string>();
  if (!plan) return needed;
  const { frontier, nodeOutputs, effects = [], ends = [] } = snapshot;
  for (const { inputRef, wait } of frontier) {
    needed.add(inputRef);
    if (wait?.kind === 'doubt' && wait.resolved?.outputRef !== undefined) needed.add(wait.resolved.outputRef);
  }
  if (plan.namedNodes === 'all' || plan.namedNodes.size > 0) {
    for (const [key, ref] of Object.entries(nodeOutputs))
      if (plan.namedNodes === 'all' || plan.namedNodes.has(nodeOfOutputKey(key))) needed.add(ref);
  }
  if (plan.namesTrigger) needed.add(TRIGGER_REF);
  for (const [, { inputRef, results }] of openSplits(snapshot)) {
    needed.add(inputRef);
    for (const { refs } of results) for (const ref of refs) needed.add(ref);
  }
  for (const { inputRef, outputRef } of effects) {
    needed.add(inputRef);
    if (outputRef !== undefined) needed.add(outputRef);
  }
  for (const ref of ends) needed.add(ref);
  return needed;
}
