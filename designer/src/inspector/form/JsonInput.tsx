import { useState } from 'react';
import { CodeEditor } from '../../code/index.ts';
import { inspectorTexts } from '../../texts/index.ts';

/** JSON as text. The value changes while the text is JSON; meanwhile the text stays as it was typed. Empty means no value. */
export function JsonInput(props: {
  label: string;
  value: unknown;
  locked: boolean;
  onChange: (value: unknown) => void;
  height: number;
  testId?: string;
}) {
  const { label, value, locked, onChange, height, testId } = props;
  const [text, setText] = useState(() => textOf(value));
  const [last, setLast] = useState(value);
  if (last !== value) {
    setLast(value);
    if (!sameJson(read(text), value)) setText(textOf(value));
  }
  const parsed = read(text);
  return (
    <>
      <CodeEditor
        height={height}
        language="json"
        label={label}
        value={text}
        readOnly={locked}
        {...(testId ? { testId } : {})}
        onChange={(next) => {
          setText(next);
          const result = read(next);
          if (result !== INVALID) onChange(result);
        }}
      />
      {parsed === INVALID ? <div className="cd-field-error">{inspectorTexts.form.jsonInvalid}</div> : null}
    </>
  );
}

const INVALID = Symbol('not JSON');

function read(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));
const sameJson = (left: unknown, right: unknown): boolean =>
  left === right || (left !== INVALID && JSON.stringify(left) === JSON.stringify(right));
