import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useReplaySubscription } from '../api/index.ts';
import { subscriptionTexts } from '../texts/index.ts';
import { FormDialog, notifyDone, toLocalField } from '../ui/index.ts';

const t = subscriptionTexts.replayDialog;

/** Begins a subscription anew with what was stored since a time. */
export function ReplayDialog({
  env,
  subscriptionId,
  name,
  onClose,
}: {
  env: string;
  subscriptionId: string;
  name: string;
  onClose: () => void;
}) {
  const replay = useReplaySubscription(env);
  const [local, setLocal] = useState(() => toLocalField(new Date(Date.now() - 3_600_000).toISOString()));
  const time = local === '' ? undefined : new Date(local);
  const isFuture = time !== undefined && time.getTime() > Date.now();
  const submit = () => {
    if (!time || isFuture) return;
    replay.mutate(
      { subscriptionId, since: time.toISOString() },
      {
        onSuccess: () => {
          notifyDone(t.done(name));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t.title(name)}
      submit={t.submit}
      busy={replay.isPending}
      error={replay.error}
      disabled={!time || isFuture}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="cd-dim">{t.effect}</p>
      <TextInput
        type="datetime-local"
        label={t.since}
        value={local}
        onChange={(event) => setLocal(event.currentTarget.value)}
        error={isFuture && t.future}
        data-autofocus
      />
    </FormDialog>
  );
}
