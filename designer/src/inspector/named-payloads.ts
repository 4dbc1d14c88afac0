import type { ShownRun } from '../editor/store/editor-store.ts';
import type { SampleInput } from '../mapper/use-known-inputs.ts';
import { inspectorTexts } from '../texts/index.ts';
import type { NamedPayload } from './schema/SchemaEditor.tsx';

const texts = inspectorTexts.schema;

/**
 * Payloads to make a schema of: for each sample what arrives at the node, where that is known, else the sample as it comes to the trigger. What
 * came here in the run that is shown stands first where none of them tells it.
 */
export function namedPayloads(
  nodeId: string,
  known: readonly SampleInput[],
  shown: ShownRun | undefined,
): readonly NamedPayload[] {
  const payloads = known.map(({ sample: { name, payload }, input }) =>
    input.known ? { name: texts.arrives(name), payload: input.input } : { name: texts.sample(name), payload },
  );
  const isTold = known.some(({ sample, input }) => input.known && sample.name === shown?.sampleName);
  const span = isTold ? undefined : shown?.run.spans.find((each) => each.nodeId === nodeId);
  return shown && span ? [{ name: texts.cameIn(shown.sampleName), payload: span.input }, ...payloads] : payloads;
}
