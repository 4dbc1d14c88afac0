import type { Connection, Environment } from '@crossdock/api-contract';
import { connectionTypes, connectionTypesByName } from '@crossdock/connectors/manifests';
import { Alert, Button, Select, TextInput } from '@mantine/core';
import { IconCopy, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { connectionTexts } from '../texts/index.ts';
import { EmptyState, EnvironmentChip, SideDrawer, useUnsavedGuard } from '../ui/index.ts';
import { ConnectionEditor } from './ConnectionEditor.tsx';
import { carriedSettings, copiedSettings } from './connection-draft.ts';
import classes from './connections.module.css';

const t = connectionTexts;
const TYPES = connectionTypes.map(({ type, title }) => ({ value: type as string, label: title as string }));
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** One connection beside the list: a new one, one to change, or word that it is gone. */
export function ConnectionDrawer({
  connection,
  isNew,
  wanted,
  environment,
  taken,
  onMade,
  onClose,
}: {
  connection: Connection | undefined;
  isNew: boolean;
  /** What a new one should be, where the link that led here says so. */
  wanted: { name: string | undefined; type: string | undefined; source: Connection | undefined };
  environment: Environment;
  taken: readonly string[];
  onMade: (connectionId: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(wanted.name ?? '');
  const [type, setType] = useState(
    wanted.type !== undefined && connectionTypesByName.has(wanted.type) ? wanted.type : connectionTypes[0].type,
  );
  // A type that was chosen by mistake costs nothing: its fields come back, and those of the same name go along.
  const [entered, setEntered] = useState<Readonly<Record<string, unknown>>>({});
  const [isEdited, setEdited] = useState(false);
  const { leaveMeant, askFirst } = useUnsavedGuard(isEdited, {
    keys: ['open', 'tab', 'env'],
    effect: t.discardEffect(isNew ? name : (connection?.name ?? ''), environment.name),
  });
  const leave = () => {
    leaveMeant();
    onClose();
  };
  const ends = { onEdited: setEdited, onSaved: leaveMeant, onMade, onClose: leave };
  const manifest = connectionTypesByName.get(type);
  const nameProblem = taken.includes(name) ? t.nameTaken(environment.name) : NAME.test(name) ? undefined : t.nameWrong;
  return (
    <SideDrawer
      opened
      onClose={() => void askFirst(onClose)}
      size={560}
      title={
        <span className={classes.drawerTitle}>
          {isNew ? t.add : (connection?.name ?? t.title)}
          <EnvironmentChip name={environment.name} tone={environment.tone} />
        </span>
      }
    >
      {isNew ? (
        <ConnectionEditor
          // Another type is another form.
          key={type}
          type={type}
          environment={environment}
          {...(manifest && wanted.source?.type === type
            ? { start: copiedSettings(manifest, wanted.source.settings) }
            : {})}
          {...(manifest ? { carried: carriedSettings(manifest, entered) } : {})}
          onSettings={(settings) => setEntered((now) => ({ ...now, ...settings }))}
          identity={{ name, nameProblem, isTyped: name !== (wanted.name ?? '') }}
          head={
            <>
              {wanted.source && (
                <Alert color="blue" icon={<IconCopy size={16} aria-hidden />}>
                  {t.copiedFrom(wanted.source.name, wanted.source.env, environment.name)}
                </Alert>
              )}
              <NameInput name={name} problem={nameProblem} onChange={setName} />
              <Select
                label={t.type}
                data={TYPES}
                value={type}
                allowDeselect={false}
                onChange={(next) => setType((next as typeof type | null) ?? type)}
              />
            </>
          }
          {...ends}
        />
      ) : connection ? (
        <ConnectionEditor
          key={`${connection.id} ${connection.version}`}
          type={connection.type}
          saved={connection}
          environment={environment}
          identity={{ name: connection.name, nameProblem: undefined }}
          {...ends}
        />
      ) : (
        <EmptyState
          icon={IconPlugConnectedX}
          title={t.goneTitle}
          detail={t.goneDetail}
          action={<Button onClick={onClose}>{t.back}</Button>}
        />
      )}
    </SideDrawer>
  );
}

function NameInput(props: { name: string; problem: string | undefined; onChange: (name: string) => void }) {
  const { name, problem } = props;
  return (
    <TextInput
      label={t.name}
      description={t.nameHint}
      value={name}
      error={name !== '' && problem}
      maxLength={64}
      spellCheck={false}
      data-autofocus
      required
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
