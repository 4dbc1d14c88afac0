import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { statusTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';

const t = statusTexts;
const NAME = /^[a-z0-9][a-z0-9._-]{0,59}$/;

/** Names a system whose statuses are to be mapped; it is there once its map is saved. */
export function AddSystemDialog({
  known,
  onAdd,
  onClose,
}: {
  known: readonly string[];
  onAdd: (system: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState('');
  const problem = !NAME.test(name) ? t.addWrong : known.includes(name) ? t.addTaken : undefined;
  return (
    <FormDialog
      title={t.addTitle}
      submit={t.addSystem}
      busy={false}
      disabled={problem !== undefined}
      onSubmit={() => problem === undefined && onAdd(name)}
      onClose={onClose}
    >
      <TextInput
        label={t.addName}
        description={t.addHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value.toLowerCase())}
        error={name !== '' && problem}
        maxLength={60}
        data-autofocus
      />
    </FormDialog>
  );
}
