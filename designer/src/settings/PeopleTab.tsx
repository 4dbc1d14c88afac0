import type { User } from '@crossdock/api-contract';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPlus, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useDeleteUser, useMe, useUsers } from '../api/index.ts';
import { appTexts, settingsTexts } from '../texts/index.ts';
import { askToConfirm, type Column, DataTable, ErrorState, notifyDone, RelativeTime, Skeleton } from '../ui/index.ts';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { ChangeRoleDialog, ResetPasswordDialog } from './PersonDialogs.tsx';
import classes from './SettingsPage.module.css';

const t = settingsTexts.people;

type Open = { dialog: 'add' } | { dialog: 'role' | 'password'; user: User };

/** Who may sign in, and as what. */
export function PeopleTab() {
  const { data, error, refetch } = useUsers();
  const me = useMe();
  const remove = useDeleteUser();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const removeUser = remove.mutateAsync;
  const columns = useMemo<Column<User>[]>(
    () => [
      {
        id: 'name',
        header: t.name,
        width: 'minmax(160px, 1fr)',
        cell: ({ name, email }) => (
          <span className={classes.person}>
            {name} {email === me?.email && <span className={classes.you}>{t.you}</span>}
          </span>
        ),
      },
      { id: 'email', header: t.email, width: 'minmax(180px, 1.2fr)', cell: ({ email }) => email },
      { id: 'role', header: t.role, width: '120px', cell: ({ role }) => appTexts.roles[role] },
      { id: 'since', header: t.since, width: '140px', cell: ({ createdAt }) => <RelativeTime iso={createdAt} /> },
      {
        id: 'actions',
        header: '',
        width: '32px',
        cell: (user) => (
          <PersonMenu
            user={user}
            isMe={user.email === me?.email}
            onOpen={(dialog) => setOpen({ dialog, user })}
            onRemove={() =>
              askToConfirm({
                title: t.removeTitle(user.name),
                effect: t.removeEffect(user.name),
                verb: t.remove,
                tone: 'red',
                run: async () => {
                  await removeUser(user.userId);
                  notifyDone(t.removed(user.name));
                },
              })
            }
          />
        ),
      },
    ],
    [me?.email, removeUser],
  );
  return (
    <>
      <div className={classes.bar}>
        <span />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ dialog: 'add' })}>
          {t.add}
        </Button>
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <DataTable label={t.label} columns={columns} rows={data} rowKey={({ userId }) => userId} rowPx={40} />
      ) : (
        <Skeleton rows={4} />
      )}
      {open?.dialog === 'add' && <AddPersonDialog onClose={close} />}
      {open?.dialog === 'role' && <ChangeRoleDialog user={open.user} onClose={close} />}
      {open?.dialog === 'password' && <ResetPasswordDialog user={open.user} onClose={close} />}
    </>
  );
}

function PersonMenu({
  user,
  isMe,
  onOpen,
  onRemove,
}: {
  user: User;
  isMe: boolean;
  onOpen: (dialog: 'role' | 'password') => void;
  onRemove: () => void;
}) {
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon aria-label={t.actionsOf(user.name)}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isMe && (
          <Menu.Item leftSection={<IconUserShield size={16} aria-hidden />} onClick={() => onOpen('role')}>
            {t.changeRole}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => onOpen('password')}>
          {t.resetPassword}
        </Menu.Item>
        {!isMe && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
            {t.remove}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
