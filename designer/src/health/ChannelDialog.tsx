import type { AlarmChannel, AlarmTarget } from '@crossdock/api-contract';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useConnections, useEnvironments, useSaveAlarmChannel } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { healthTexts } from '../texts/index.ts';
import { FormDialog, notifyDone, Segments } from '../ui/index.ts';
import { ChannelConnection } from './ChannelConnection.tsx';
import { channelProblem } from './channel-fit.ts';

const t = healthTexts.channels;

/** Adds a channel or changes one. */
export function ChannelDialog({ channel, onClose }: { channel: AlarmChannel | undefined; onClose: () => void }) {
  const { environment } = useEnvironment();
  const environments = useEnvironments().data ?? [];
  const connections = useConnections().data;
  const save = useSaveAlarmChannel();
  const [name, setName] = useState(channel?.name ?? '');
  const [kind, setKind] = useState<AlarmTarget['kind']>(channel?.target.kind ?? 'email');
  const [env, setEnv] = useState(channel?.target.env ?? environment.name);
  const [connection, setConnection] = useState(channel?.target.connection ?? '');
  const [to, setTo] = useState(channel?.target.to?.join('\n') ?? '');
  const [path, setPath] = useState(channel?.target.path ?? '');
  const recipients = to.split(/[\s,;]+/).filter((address) => address !== '');
  const fits = connections !== undefined && channelProblem({ kind, env, connection }, connections) === undefined;
  const isReady = name.trim() !== '' && fits && (kind === 'webhook' || recipients.length > 0);
  const submit = () => {
    if (!isReady) return;
    const of = kind === 'email' ? { to: recipients } : path.trim() === '' ? {} : { path: path.trim() };
    const target: AlarmTarget = { kind, env, connection, ...of };
    save.mutate(
      { channelId: channel?.channelId, body: { name: name.trim(), target } },
      {
        onSuccess: (saved) => {
          notifyDone(t.saved(saved.name));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={channel ? t.editTitle(channel.name) : t.addTitle}
      submit={t.submit}
      busy={save.isPending}
      error={save.error}
      disabled={!isReady}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      <Segments
        label={t.kind}
        value={kind}
        options={[
          { value: 'email', label: t.kinds.email },
          { value: 'webhook', label: t.kinds.webhook },
        ]}
        onChange={(next) => {
          setKind(next);
          // What one kind sends through does not fit the other.
          if (next !== kind) setConnection('');
        }}
      />
      <Select
        label={t.env}
        data={environments.map((one) => one.name)}
        value={env}
        onChange={(next) => next && setEnv(next)}
        allowDeselect={false}
      />
      <ChannelConnection kind={kind} env={env} value={connection} onChange={setConnection} />
      {kind === 'email' ? (
        <Textarea
          label={t.to}
          description={t.toHint}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          autosize
          minRows={2}
        />
      ) : (
        <TextInput
          label={t.path}
          description={t.pathHint}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          maxLength={500}
        />
      )}
    </FormDialog>
  );
}
