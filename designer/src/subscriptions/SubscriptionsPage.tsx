import type { Subscription } from '@crossdock/api-contract';
import type { SubscriptionSettings } from '@crossdock/orders';
import { Button } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMay, useSubscriptions } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { appTexts, orderTexts, subscriptionTexts } from '../texts/index.ts';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  formatNumber,
  PageBar,
  RelativeTime,
  Skeleton,
  TabPage,
} from '../ui/index.ts';
import { FailuresDialog } from './FailuresDialog.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { SubscriptionDialog } from './SubscriptionDialog.tsx';
import { type SubscriptionDialogName, SubscriptionMenu } from './SubscriptionMenu.tsx';
import { SubscriptionState } from './SubscriptionState.tsx';

const t = subscriptionTexts;

type Opened = { dialog: 'add' } | { dialog: SubscriptionDialogName; of: Subscription };

/** Who gets events of the environment's orders: how far each is, and what can be done about it. */
export function SubscriptionsPage() {
  const { environment } = useEnvironment();
  const env = environment.name;
  const { data, error, refetch } = useSubscriptions(env);
  const mayWrite = useMay('subscriptions:write', env);
  const [opened, setOpened] = useState<Opened>();
  const columns = useMemo(() => columnsFor({ mayWrite, open: setOpened }), [mayWrite]);
  const close = () => setOpened(undefined);
  return (
    <>
      <PageBar
        title={appTexts.nav.subscriptions}
        crumbs={[{ label: orderTexts.title, link: { to: '/orders' } }, { label: appTexts.nav.subscriptions }]}
      >
        {mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened({ dialog: 'add' })}>
            {t.add}
          </Button>
        )}
      </PageBar>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : data.length === 0 ? (
        <EmptyState icon={IconSend} title={t.noneTitle} detail={t.noneDetail} />
      ) : (
        <TabPage head={<p className="cd-dim">{t.hint(env)}</p>}>
          <DataTable
            label={t.label}
            columns={columns}
            rows={data}
            rowKey={({ subscriptionId }) => subscriptionId}
            rowPx={40}
          />
        </TabPage>
      )}
      {opened && <OpenedDialog env={env} opened={opened} onClose={close} />}
    </>
  );
}

function OpenedDialog({ env, opened, onClose }: { env: string; opened: Opened; onClose: () => void }) {
  if (opened.dialog === 'add') return <SubscriptionDialog env={env} subscription={undefined} onClose={onClose} />;
  if (opened.dialog === 'edit') return <SubscriptionDialog env={env} subscription={opened.of} onClose={onClose} />;
  const named = { env, subscriptionId: opened.of.subscriptionId, name: settingsOf(opened.of).name, onClose };
  return opened.dialog === 'replay' ? <ReplayDialog {...named} /> : <FailuresDialog {...named} />;
}

function columnsFor({
  mayWrite,
  open,
}: {
  mayWrite: boolean;
  open: (opened: Opened) => void;
}): readonly Column<Subscription>[] {
  return [
    { id: 'name', header: t.columns.name, width: 'minmax(160px, 1fr)', cell: (row) => settingsOf(row).name },
    { id: 'state', header: t.columns.state, width: '150px', cell: (row) => <SubscriptionState {...row} /> },
    { id: 'filter', header: t.columns.filter, width: 'minmax(160px, 2fr)', from: 900, cell: filterText },
    {
      id: 'to',
      header: t.columns.to,
      width: 'minmax(140px, 1fr)',
      from: 700,
      cell: (row) => `${settingsOf(row).connection} ${settingsOf(row).path ?? ''}`.trim(),
    },
    {
      id: 'waiting',
      header: t.columns.waiting,
      width: '90px',
      align: 'end',
      cell: ({ waiting }) => (waiting === null ? t.waitingUnknown : formatNumber(waiting)),
    },
    {
      id: 'delivered',
      header: t.columns.delivered,
      width: '140px',
      cell: ({ deliveredAt }) => (deliveredAt === null ? t.never : <RelativeTime iso={deliveredAt} />),
    },
    {
      id: 'actions',
      header: '',
      width: '48px',
      align: 'end',
      cell: (row) => (
        <SubscriptionMenu
          subscription={row}
          name={settingsOf(row).name}
          mayWrite={mayWrite}
          onOpen={(dialog) => open({ dialog, of: row })}
        />
      ),
    },
  ];
}

const settingsOf = ({ settings }: Subscription): SubscriptionSettings => settings as SubscriptionSettings;

/** What a subscription asks for, in a few words. */
function filterText(row: Subscription): string {
  const { types = [], partners = [], channels = [] } = settingsOf(row).filter;
  const parts = [types.length === 0 ? t.all : t.types(types.length), partners.join(', '), channels.join(', ')];
  return parts.filter((part) => part !== '').join(' · ');
}
