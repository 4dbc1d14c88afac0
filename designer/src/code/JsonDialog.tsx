import { type ComponentProps, type ReactNode, useState } from 'react';
import { FormDialog } from '../ui/index.ts';
import { JsonField } from './JsonField.tsx';
import type { Read } from './read-json.ts';

/**
 * A dialog to write something as JSON. What is wrong with the text is told from the first try to save it on, and keeps it from being saved.
 * @param read what the text means; asked at each change
 */
export function JsonDialog<T>({
  about,
  start,
  read,
  onSave,
  field,
  before,
  after,
  ...dialog
}: Omit<ComponentProps<typeof FormDialog>, 'onSubmit' | 'children'> & {
  /** What to write, in a sentence. */
  about?: string;
  /** The text to begin with. */
  start: string;
  read: (text: string) => Read<T>;
  onSave: (value: T) => void;
  field: Pick<ComponentProps<typeof JsonField>, 'label' | 'isLabelShown' | 'testId'> & { height?: number };
  /** What else is asked for, before and after the text. */
  before?: ReactNode;
  after?: ReactNode;
}) {
  const [text, setText] = useState(start);
  const [tried, setTried] = useState(false);
  const result = read(text);
  const save = () => {
    setTried(true);
    if (result.ok) onSave(result.value);
  };
  return (
    <FormDialog size={760} {...dialog} onSubmit={save}>
      {about && <p className="cd-dim">{about}</p>}
      {before}
      <JsonField
        height={320}
        {...field}
        value={text}
        onChange={setText}
        problems={tried && !result.ok ? result.problems : []}
      />
      {after}
    </FormDialog>
  );
}
