import { Input } from '@mantine/core';
import { sentence } from '../api/index.ts';
import { CodeEditor } from './CodeEditor.tsx';
import classes from './JsonField.module.css';

/** How many problems are told at once; mending some often mends the others. */
const MOST_SHOWN = 6;

/** JSON as text in a form, with what is wrong below it. */
export function JsonField({
  label,
  isLabelShown = false,
  hint,
  height,
  value,
  onChange,
  problems,
  testId,
}: {
  label: string;
  /** Where the label is not said by what stands around the field. */
  isLabelShown?: boolean;
  hint?: string;
  /** Pixels. */
  height: number;
  value: string;
  onChange: (text: string) => void;
  problems: readonly string[];
  testId: string;
}) {
  return (
    <div>
      {isLabelShown && <Input.Label labelElement="div">{label}</Input.Label>}
      {hint && <Input.Description mb={4}>{hint}</Input.Description>}
      <CodeEditor height={height} language="json" label={label} value={value} onChange={onChange} testId={testId} />
      {problems.length > 0 && (
        <ul className={classes.problems} role="alert">
          {problems.slice(0, MOST_SHOWN).map((problem) => (
            <li key={problem}>{sentence(problem)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
