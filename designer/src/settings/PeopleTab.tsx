import type { PasswordLink, User } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMe, useUsers } from '../api/index.ts';
import { appTexts, settingsTexts } from '../texts/index.ts';
import { type Column, DataTable, ErrorState, RelativeTime, Skeleton } from '../ui/index.ts';
import { ChangeRoleDialog } from './ChangeRoleDialog.tsx';
import { InvitePersonDialog } from './InvitePersonDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import classes from './SettingsPage.module.css';

const t = settingsTexts.people;

/** The dialog that is open. */
export type Opened = { dialog: 'invite' } | { dialog: 'role'; user: User } | { dialog: 'link'; link: PasswordLink };

/** Who may sign in, and as what. */
export function PeopleTab() {
  const { data, error, refetch } = useUsers();
  const me = useMe();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const columns = useMemo(() => peopleColumns(me?.email, setOpened), [me?.email]);
  return (
    <>
      <div className={classes.bar}>
        <span />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened({ dialog: 'invite' })}>
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
      {opened?.dialog === 'invite' && <InvitePersonDialog onClose={close} />}
      {opened?.dialog === 'role' && <ChangeRoleDialog user={opened.user} onClose={close} />}
      {opened?.dialog === 'link' && <LinkDialog link={opened.link} onClose={close} />}
    </>
  );
}

function peopleColumns(myEmail: string | null | undefined, onOpen: (opened: Opened) => void): Column<User>[] {
  return [
    {
      id: 'name',
      header: t.name,
      width: 'minmax(160px, 1fr)',
      cell: ({ name, email }) => (
        <span className={classes.person}>
          {name} {email === myEmail && <span className={classes.you}>{t.you}</span>}
        </span>
      ),
    },
    { id: 'email', header: t.email, width: 'minmax(180px, 1.2fr)', cell: ({ email }) => email },
    { id: 'role', header: t.role, width: '104px', cell: ({ role }) => appTexts.roles[role] },
    {
      id: 'status',
      header: t.status,
      width: '168px',
      cell: ({ status }) => (
        <span className={classes.status} data-status={status}>
          {t.statuses[status]}
        </span>
      ),
    },
    {
      id: 'since',
      header: t.since,
      width: '128px',
      from: 800,
      cell: ({ createdAt }) => <RelativeTime iso={createdAt} />,
    },
    {
      id: 'actions',
      header: '',
      width: '32px',
      // The own account has a page of its own.
      cell: (user) => (user.email === myEmail ? null : <PersonMenu user={user} onOpen={onOpen} />),
    },
  ];
}
