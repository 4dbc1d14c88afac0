import type { Environment } from '@crossdock/api-contract';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUpdateEnvironment } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { TONE_CHOICES } from './tone-choices.ts';

const t = deploymentTexts.environments;

/** Changes how an environment is called and marked; its name stays, since addresses hold it. */
export function EnvironmentDialog({ environment, onClose }: { environment: Environment; onClose: () => void }) {
  const { name } = environment;
  const update = useUpdateEnvironment();
  const [title, setTitle] = useState(environment.title);
  const [tone, setTone] = useState(environment.tone);
  return (
    <FormDialog
      title={t.changeTitle(name)}
      submit={t.changeSubmit}
      busy={update.isPending}
      error={update.error}
      disabled={title.trim() === ''}
      onSubmit={() =>
        update.mutate(
          { name, title: title.trim(), tone },
          {
            onSuccess: () => {
              notifyDone(t.changed(name));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <TextInput
        label={t.title}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={title.trim() === '' && t.titleMissing}
        maxLength={100}
        data-autofocus
      />
      <Select
        label={t.tone}
        data={TONE_CHOICES}
        value={tone}
        onChange={(next) => next && setTone(next)}
        allowDeselect={false}
      />
    </FormDialog>
  );
}
