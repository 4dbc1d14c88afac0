import type { SubscriptionFailure } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import { useSubscriptionFailures } from '../api/index.ts';
import { eventName } from '../orders/event-words.ts';
import { subscriptionTexts } from '../texts/index.ts';
import { type Column, DataTable, Dialog, ErrorCell, ErrorState, RelativeTime, Skeleton } from '../ui/index.ts';

const t = subscriptionTexts.failuresDialog;

const columnsIn = (env: string): readonly Column<SubscriptionFailure>[] => [
  { id: 'last', header: t.columns.last, width: '110px', cell: ({ lastAt }) => <RelativeTime iso={lastAt} /> },
  { id: 'event', header: t.columns.event, width: 'minmax(160px, 1fr)', cell: ({ type }) => eventName(type) },
  {
    id: 'order',
    header: t.columns.order,
    width: '140px',
    cell: ({ orderKey }) => (
      <Link to="/orders" search={{ env, q: orderKey }} className="cd-link">
        {orderKey}
      </Link>
    ),
  },
  { id: 'attempts', header: t.columns.attempts, width: '70px', align: 'end', cell: ({ attempts }) => attempts },
  { id: 'next', header: t.columns.next, width: '150px', cell: (failure) => <Now {...failure} /> },
  {
    id: 'error',
    header: t.columns.error,
    width: 'minmax(200px, 2fr)',
    cell: ({ error }) => <ErrorCell error={error} />,
  },
];

/** The events that a subscription did not get at once, the newest first. */
export function FailuresDialog({
  env,
  subscriptionId,
  name,
  onClose,
}: {
  env: string;
  subscriptionId: string;
  name: string;
  onClose: () => void;
}) {
  const { data, error, refetch } = useSubscriptionFailures(env, subscriptionId);
  return (
    <Dialog opened onClose={onClose} title={t.title(name)} size={1000}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : data.length === 0 ? (
        <p className="cd-dim">{t.none}</p>
      ) : (
        <DataTable
          label={t.label}
          columns={columnsIn(env)}
          rows={data}
          rowKey={({ eventId, firstAt }) => `${firstAt} ${eventId}`}
        />
      )}
    </Dialog>
  );
}

function Now({ deliveredAt, nextAt }: Pick<SubscriptionFailure, 'deliveredAt' | 'nextAt'>) {
  if (deliveredAt !== null) return t.delivered;
  if (nextAt === null) return t.waits;
  return (
    <>
      {t.nextAt} <RelativeTime iso={nextAt} />
    </>
  );
}
