import type { FlowRow } from '@crossdock/api-contract';
import { Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { flowQuery, useSaveFlow } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';

const t = flowTexts.fields;

/** Changes a flow's name and description; its id stays. */
export function RenameFlowDialog({ flow, onClose }: { flow: FlowRow; onClose: () => void }) {
  const [name, setName] = useState(flow.name);
  const [description, setDescription] = useState(flow.description);
  const client = useQueryClient();
  const save = useSaveFlow(flow.id);
  const rename = useMutation({
    mutationFn: async () => {
      const draft = await client.fetchQuery({ ...flowQuery(flow.id), staleTime: 0 });
      const { description: _old, ...rest } = draft.flow;
      const said = description.trim();
      return save.mutateAsync({
        flow: { ...rest, name: name.trim(), ...(said === '' ? {} : { description: said }) },
        etag: draft.etag,
      });
    },
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={flowTexts.rename.title}
      submit={flowTexts.rename.submit}
      busy={rename.isPending}
      error={rename.error}
      disabled={name.trim() === ''}
      onSubmit={() => rename.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={name.trim() === '' && t.nameMissing}
        maxLength={200}
        data-autofocus
      />
      <Textarea
        label={t.description}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
      />
    </FormDialog>
  );
}
