import { useMemo } from 'react';
import { useEditor } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';
import type { NamedPayload } from './schema/SchemaEditor.tsx';

const texts = inspectorTexts.schema;

/** Payloads to make a schema of: what came to this node in the run that is shown, then the flow's samples, which come to its trigger. */
export function useNamedPayloads(nodeId: string): readonly NamedPayload[] {
  const samples = useEditor((state) => state.flow.samples);
  const shown = useEditor((state) => state.shownRun);
  return useMemo(() => {
    const span = shown?.run.spans.find((each) => each.nodeId === nodeId);
    const came = shown && span ? [{ name: texts.cameIn(shown.sampleName), payload: span.input }] : [];
    return [...came, ...(samples ?? []).map(({ name, payload }) => ({ name: texts.sample(name), payload }))];
  }, [samples, shown, nodeId]);
}
