import type { Role } from '@crossdock/api-contract';
import { Button, Modal, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useCreateApiKey } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { copyText, FormDialog, notifyDone } from '../ui/index.ts';
import { RoleSelect } from './RoleSelect.tsx';
import classes from './SettingsPage.module.css';

const t = settingsTexts.keys;

/** Makes a key, then shows its value, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('support');
  const [touched, setTouched] = useState(false);
  if (create.data) return <ShownOnce value={create.data.key} onClose={onClose} />;
  const missing = name.trim() === '';
  return (
    <FormDialog
      title={t.addTitle}
      submit={t.addSubmit}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => {
        setTouched(true);
        if (!missing) create.mutate({ name: name.trim(), role });
      }}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        description={t.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={touched && missing && t.nameMissing}
        maxLength={100}
        data-autofocus
      />
      <RoleSelect value={role} onChange={setRole} />
    </FormDialog>
  );
}

/** Closes by its button alone: a click beside it must not lose the only sight of the key. */
function ShownOnce({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.shownOnceTitle}
      size={520}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={classes.once}>
        <p>{t.shownOnce}</p>
        <div className={classes.secret}>
          <TextInput
            label={t.value}
            value={value}
            readOnly
            className={classes.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={async () => {
              if (await copyText(value)) notifyDone(t.copied);
            }}
          >
            {t.copy}
          </Button>
        </div>
        <Button variant="default" onClick={onClose}>
          {t.done}
        </Button>
      </div>
    </Modal>
  );
}
