import type { User } from '@crossdock/api-contract';
import { useState } from 'react';
import { useUpdateUser } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
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
