import type { Environment } from '@crossdock/api-contract';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreateEnvironment, useEnvironments } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { TONE_CHOICES } from './tone-choices.ts';

const t = deploymentTexts.environment;

/** Adds an environment; flows are deployed to it like to any other. */
export function AddEnvironmentDialog({ onClose }: { onClose: () => void }) {
  const environments = useEnvironments().data ?? [];
  const create = useCreateEnvironment();
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const [tone, setTone] = useState<Environment['tone']>('neutral');
  const problem = !/^[a-z0-9-]{1,32}$/.test(name)
    ? t.nameWrong
    : environments.some((known) => known.name === name)
      ? t.nameTaken
      : undefined;
  return (
    <FormDialog
      title={t.title}
      submit={t.submit}
      busy={create.isPending}
      error={create.error}
      disabled={problem !== undefined}
      onSubmit={() =>
        problem === undefined &&
        create.mutate({ name, tone, ...(title.trim() ? { title: title.trim() } : {}) }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        description={t.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value.toLowerCase())}
        error={name !== '' && problem}
        maxLength={32}
        data-autofocus
      />
      <TextInput
        label={t.label}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={100}
      />
      <Select
        label={t.tone}
        data={TONE_CHOICES}
        value={tone}
        onChange={(next) => setTone((next as Environment['tone'] | null) ?? 'neutral')}
        allowDeselect={false}
      />
    </FormDialog>
  );
}
