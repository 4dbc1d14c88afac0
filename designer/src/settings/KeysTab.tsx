import type { ApiKey } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useApiKeys, useDeleteApiKey } from '../api/index.ts';
import { appTexts, settingsTexts } from '../texts/index.ts';
import {
  askToConfirm,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  notifyDone,
  RelativeTime,
  Skeleton,
} from '../ui/index.ts';
import { CreateKeyDialog } from './CreateKeyDialog.tsx';
import classes from './SettingsPage.module.css';

const t = settingsTexts.keys;

/** Keys of programs; each can be revoked by itself. */
export function KeysTab() {
  const { data, error, refetch } = useApiKeys();
  const revokeKey = useDeleteApiKey().mutateAsync;
  const [creating, setCreating] = useState(false);
  const columns = useMemo<Column<ApiKey>[]>(
    () => [
      { id: 'name', header: t.name, width: 'minmax(160px, 1fr)', cell: ({ name }) => name },
      { id: 'role', header: t.role, width: '120px', cell: ({ role }) => appTexts.roles[role] },
      { id: 'start', header: t.starts, width: '140px', cell: ({ start }) => <code>{start}…</code> },
      {
        id: 'created',
        header: t.created,
        width: '120px',
        from: 800,
        cell: ({ createdAt }) => <RelativeTime iso={createdAt} />,
      },
      {
        id: 'used',
        header: t.lastUsed,
        width: '120px',
        cell: ({ lastUsedAt }) =>
          lastUsedAt === null ? <span className="cd-dim">{t.neverUsed}</span> : <RelativeTime iso={lastUsedAt} />,
      },
      { id: 'expires', header: t.expires, width: '120px', cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
      {
        id: 'revoke',
        header: '',
        width: '88px',
        align: 'end',
        cell: ({ keyId, name }) => (
          <Button
            variant="subtle"
            color="red"
            aria-label={t.revokeOf(name)}
            onClick={() =>
              askToConfirm({
                title: t.revokeTitle(name),
                effect: t.revokeEffect(name),
                verb: t.revoke,
                tone: 'red',
                run: async () => {
                  await revokeKey(keyId);
                  notifyDone(t.revoked(name));
                },
              })
            }
          >
            {t.revoke}
          </Button>
        ),
      },
    ],
    [revokeKey],
  );
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <div className={classes.bar}>
        <span className="cd-dim">{t.hint}</span>
        {add}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : data.length === 0 ? (
        <EmptyState icon={IconKey} title={t.noneTitle} detail={t.noneDetail} />
      ) : (
        <DataTable label={t.label} columns={columns} rows={data} rowKey={({ keyId }) => keyId} rowPx={40} />
      )}
      {creating && <CreateKeyDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function Expiry({ at }: { at: string | null }) {
  if (at === null) return <span className="cd-dim">{t.noExpiry}</span>;
  if (Date.parse(at) <= Date.now()) return <span className={classes.expired}>{t.expired}</span>;
  return <RelativeTime iso={at} />;
}
