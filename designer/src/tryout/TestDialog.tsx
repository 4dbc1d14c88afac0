import { reasonOf } from '@crossdock/errors';
import { type Flow, type FlowTest, shapeIssues } from '@crossdock/flow-model';
import { parsePayload } from '@crossdock/payload';
import { useState } from 'react';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { useEditor } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';

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
  const [text, setText] = useState(() => JSON.stringify(test, undefined, 2));
  const [error, setError] = useState<Error>();
  const save = () => {
    const read = readTest(flow, text);
    if (typeof read === 'string') setError(new Error(read));
    else onSave(read);
  };
  return (
    <FormDialog
      title={isNew ? texts.add : texts.edit}
      submit={texts.save}
      size={760}
      busy={false}
      error={error}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="cd-dim">{texts.hint}</p>
      <div>
        <CodeEditor
          height={420}
          language="json"
          label={texts.label}
          value={text}
          onChange={setText}
          testId="test-editor"
        />
      </div>
    </FormDialog>
  );
}

/** The test, or what keeps the text from being one. */
function readTest(flow: Flow, text: string): FlowTest | string {
  try {
    const given = parsePayload(text);
    const [issue] = shapeIssues({ ...flow, tests: [given] });
    // What is expected is read as the engine computes it: numbers stay numbers.
    return issue?.message ?? { ...(given as FlowTest), expect: (JSON.parse(text) as FlowTest).expect };
  } catch (error) {
    return reasonOf(error);
  }
}
