import { type Execution, opened, type RestingOutput, sealed, TRIGGER_REF } from './execution.ts';
import type { EnginePorts } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { jsonBytes, recordTrace, within } from './trace-payload.ts';

/** Over this many bytes of outputs the largest spill to blobs. */
export const SNAPSHOT_OUTPUT_BYTES = 512 * 1024;

/** Of a reply's body the record keeps so much. */
export const REPLY_BODY_BYTES = 64 * 1024;

export type CheckpointPorts = Pick<EnginePorts, 'journal' | 'trace' | 'blobs' | 'seal' | 'newToken'>;

/** What a write says besides what the run has done to the snapshot; `begun` and `wakeAt` hold for this write only. */
type Change = Partial<Pick<JournalSnapshot, 'status' | 'lease' | 'wakeAt' | 'crashes' | 'begun' | 'error' | 'endedAt'>>;

/**
 * Writes the execution's state by compare-and-swap. Any write but a claim is progress: it clears what was counted of crashes.
 * Throws as `JournalPort.write` does; the execution must not be carried on after that.
 */
export async function writeCheckpoint(
  ports: CheckpointPorts,
  execution: Execution,
  change: Change = {},
): Promise<void> {
  const { begun: _begun, wakeAt: _wakeAt, ...present } = execution.snapshot;
  const next: JournalSnapshot = { ...present, crashes: 0, ...change };
  const outputs = next.status === 'succeeded' ? {} : await restOutputs(ports, execution);
  const compact = next.status === 'succeeded' ? { nodeOutputs: {}, frontier: [] } : {};
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

/** Opens the outputs that a snapshot holds. */
export async function loadOutputs(ports: Pick<EnginePorts, 'blobs' | 'seal'>, execution: Execution): Promise<void> {
  for (const [ref, output] of Object.entries(execution.snapshot.outputs)) {
    const value =
      'blob' in output ? JSON.parse(new TextDecoder().decode(await ports.blobs.get(output.blob))) : output.value;
    execution.resting.set(ref, { output, size: 'blob' in output ? 0 : jsonBytes(output.value) });
    execution.payloads.set(ref, opened(ports, execution, value));
  }
}

async function restOutputs(ports: CheckpointPorts, execution: Execution): Promise<JournalSnapshot['outputs']> {
  const refs = neededRefs(execution);
  for (const ref of refs) {
    if (execution.resting.has(ref)) continue;
    const value = sealed(ports, execution, execution.payloads.get(ref) ?? null);
    execution.resting.set(ref, { output: { value }, size: jsonBytes(value) });
  }
  const resting = refs.map((ref) => ({ ref, size: execution.resting.get(ref)!.size })).sort((a, b) => b.size - a.size);
  let total = resting.reduce((sum, { size }) => sum + size, 0);
  for (const { ref, size } of resting) {
    if (total <= SNAPSHOT_OUTPUT_BYTES) break;
    execution.resting.set(ref, { output: await spill(ports, execution.resting.get(ref)!.output), size: 0 });
    total -= size;
  }
  return Object.fromEntries(refs.map((ref) => [ref, execution.resting.get(ref)!.output]));
}

async function spill(ports: CheckpointPorts, output: RestingOutput): Promise<RestingOutput> {
  if ('blob' in output) return output;
  const bytes = new TextEncoder().encode(JSON.stringify(output.value) ?? 'null');
  const { ref } = await ports.blobs.put(bytes, 'application/json');
  return { blob: ref };
}

/** Inputs that wait, and outputs that an expression may still ask for. */
function neededRefs({ plan, snapshot }: Execution): string[] {
  if (!plan) return [];
  const named = Object.entries(snapshot.nodeOutputs)
    .filter(([nodeId]) => plan.namedNodes === 'all' || plan.namedNodes.has(nodeId))
    .map(([, ref]) => ref);
  const trigger = plan.namesTrigger ? [TRIGGER_REF] : [];
  return [...new Set([...snapshot.frontier.map((entry) => entry.inputRef), ...named, ...trigger])];
}
