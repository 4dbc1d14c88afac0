import type { Role } from '@crossdock/api-contract';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useInviteUser } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { RoleSelect } from './RoleSelect.tsx';

const t = settingsTexts.people;

/** Makes an account, then shows the link by which its person sets the own password, once. */
export function InvitePersonDialog({ onClose }: { onClose: () => void }) {
  const invite = useInviteUser();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [touched, setTouched] = useState(false);
  if (invite.data) return <LinkDialog link={invite.data} onClose={onClose} />;
  const problems = {
    name: name.trim() === '' ? t.nameMissing : undefined,
    email: /^\S+@\S+$/.test(email.trim()) ? undefined : t.emailWrong,
  };
  const submit = () => {
    setTouched(true);
    if (problems.name || problems.email) return;
    invite.mutate({ name: name.trim(), email: email.trim(), role });
  };
  return (
    <FormDialog
      title={t.inviteTitle}
      submit={t.inviteSubmit}
      busy={invite.isPending}
      error={invite.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={touched && problems.name}
        maxLength={200}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t.email}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={touched && problems.email}
        maxLength={320}
        autoComplete="off"
      />
      <RoleSelect value={role} onChange={setRole} />
    </FormDialog>
  );
}
