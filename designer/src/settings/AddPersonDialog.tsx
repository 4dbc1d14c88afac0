import type { Role } from '@crossdock/api-contract';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCreateUser } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { MIN_PASSWORD_LENGTH, PasswordField } from './PasswordField.tsx';
import { RoleSelect } from './RoleSelect.tsx';

const t = settingsTexts.people;

/** Makes an account; its first password is passed on by the admin. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('support');
  const [touched, setTouched] = useState(false);
  const problems = {
    name: name.trim() === '' ? t.nameMissing : undefined,
    email: /^\S+@\S+$/.test(email.trim()) ? undefined : t.emailWrong,
    password: password.length < MIN_PASSWORD_LENGTH ? t.passwordShort : undefined,
  };
  const submit = () => {
    setTouched(true);
    if (Object.values(problems).some(Boolean)) return;
    create.mutate(
      { name: name.trim(), email: email.trim(), password, role },
      {
        onSuccess: () => {
          notifyDone(t.added(name.trim()));
          onClose();
        },
      },
    );
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
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={touched && problems.name}
        maxLength={200}
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
      <PasswordField value={password} onChange={setPassword} error={touched && problems.password} />
    </FormDialog>
  );
}
