import { newFlow } from '@crossdock/flow-model';
import { Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCreateFlow } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { useNameAndId } from './NameAndId.tsx';

/** Asks for a name, makes an empty flow and opens it. */
export function CreateFlowDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? <CreateForm onClose={onClose} /> : null;
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const naming = useNameAndId('');
  const [description, setDescription] = useState('');
  const create = useCreateFlow();
  const navigate = useNavigate();
  const submit = () => {
    naming.touch();
    if (!naming.ready) return;
    const flow = newFlow(naming.id, naming.name);
    create.mutate(description.trim() ? { ...flow, description: description.trim() } : flow, {
      onSuccess: () => navigate({ to: '/flows/$flowId', params: { flowId: naming.id } }),
    });
  };
  return (
    <FormDialog
      title={flowTexts.create.title}
      submit={flowTexts.create.submit}
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {naming.fields}
      <Textarea
        label={flowTexts.fields.description}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
      />
    </FormDialog>
  );
}
