import { type Flow, type FlowTest, shapeIssues } from '@crossdock/flow-model';
import { JsonDialog, jsonText, type Read, readJson } from '../code/index.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';

const texts = tryoutTexts.dialog;

/** A test as its JSON, to be changed or made anew: what comes in, answers of nodes, what is expected, tolerances. */
export function TestDialog({
  test,
  isNew,
  onSave,
  onClose,
}: {
  test: FlowTest;
  isNew: boolean;
  onSave: (test: FlowTest) => void;
  onClose: () => void;
}) {
  const flow = useEditor((state) => state.flow);
  return (
    <JsonDialog
      title={isNew ? texts.add : texts.edit}
      submit={texts.save}
      about={texts.hint}
      start={jsonText(test)}
      read={(text) => readTest(flow, text)}
      field={{ label: texts.label, testId: 'test-editor', height: 420 }}
      onSave={onSave}
      onClose={onClose}
    />
  );
}

function readTest(flow: Flow, text: string): Read<FlowTest> {
  const read = readJson(text);
  if (!read.ok) return read;
  const [issue] = shapeIssues({ ...flow, tests: [read.value] });
  if (issue) return { ok: false, problems: [issue.message] };
  // What is expected is read as the engine computes it: numbers stay numbers.
  return { ok: true, value: { ...(read.value as FlowTest), expect: (JSON.parse(text) as FlowTest).expect } };
}
