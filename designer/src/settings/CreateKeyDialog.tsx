import type { Role } from '@crossdock/api-contract';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreateApiKey } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { FormDialog, ShownOnce } from '../ui/index.ts';
import { RoleSelect } from './RoleSelect.tsx';

const t = settingsTexts.keys;
const DAY_MS = 86_400_000;
type Expiry = keyof typeof t.expiries;
const EXPIRIES: readonly Expiry[] = ['30', '90', '365', 'never'];

/** Makes a key, then shows its value, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [touched, setTouched] = useState(false);
  if (create.data)
    return (
      <ShownOnce
        title={t.shownOnceTitle}
        hint={t.shownOnce}
        label={t.value}
        value={create.data.key}
        texts={t}
        onClose={onClose}
      />
    );
  const missing = name.trim() === '';
  const submit = () => {
    setTouched(true);
    if (missing) return;
    const end = expiry === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(expiry) * DAY_MS).toISOString() };
    create.mutate({ name: name.trim(), role, ...end });
  };
  return (
    <FormDialog
      title={t.addTitle}
      submit={t.addSubmit}
      busy={create.isPending}
      error={create.error}
      onSubmit={submit}
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
      <Select
        label={t.expiry}
        description={t.expiryHint}
        data={EXPIRIES.map((value) => ({ value, label: t.expiries[value] }))}
        value={expiry}
        onChange={(next) => setExpiry((next as Expiry | null) ?? expiry)}
        allowDeselect={false}
      />
    </FormDialog>
  );
}
