import type { User } from '@crossdock/api-contract';
import { useState } from 'react';
import { useUpdateUser } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { MIN_PASSWORD_LENGTH, PasswordField } from './PasswordField.tsx';
import { RoleSelect } from './RoleSelect.tsx';

const t = settingsTexts.people;

/** Gives a person another role; it holds from their next request on. */
export function ChangeRoleDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const update = useUpdateUser();
  const [role, setRole] = useState(user.role);
  return (
    <FormDialog
      title={t.changeRoleTitle(user.name)}
      submit={t.changeRoleSubmit}
      busy={update.isPending}
      error={update.error}
      disabled={role === user.role}
      onSubmit={() => update.mutate({ userId: user.userId, role }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <RoleSelect value={role} onChange={setRole} />
    </FormDialog>
  );
}

/** Sets a new password for someone who lost theirs. */
export function ResetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const update = useUpdateUser();
  const [password, setPassword] = useState('');
  const tooShort = password.length < MIN_PASSWORD_LENGTH;
  return (
    <FormDialog
      title={t.resetTitle(user.name)}
      submit={t.resetSubmit}
      busy={update.isPending}
      error={update.error}
      disabled={tooShort}
      onSubmit={() =>
        update.mutate(
          { userId: user.userId, password },
          {
            onSuccess: () => {
              notifyDone(t.resetDone(user.name));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <PasswordField value={password} onChange={setPassword} error={password !== '' && tooShort && t.passwordShort} />
    </FormDialog>
  );
}
