import type { AlarmDelivery } from '@crossdock/api-contract';
import { useAlarmDeliveries } from '../api/index.ts';
import { healthTexts } from '../texts/index.ts';
import { type Column, DataTable, ErrorCell, ErrorState, RelativeTime, Skeleton } from '../ui/index.ts';
import classes from './HealthPage.module.css';

const t = healthTexts.channels;

const COLUMNS: readonly Column<AlarmDelivery>[] = [
  { id: 'at', header: t.at, width: '120px', cell: ({ createdAt }) => <RelativeTime iso={createdAt} /> },
  { id: 'channel', header: t.name, width: 'minmax(120px, 1fr)', cell: ({ channelName }) => channelName },
  { id: 'event', header: t.event, width: '100px', cell: ({ event }) => t.events[event] },
  {
    id: 'summary',
    header: t.summary,
    width: 'minmax(200px, 3fr)',
    cell: ({ summary, error }) => (error ? <ErrorCell before={summary} error={error} /> : summary),
  },
  { id: 'status', header: t.status, width: '100px', cell: ({ status }) => t.deliveryStates[status] },
  { id: 'attempts', header: t.attempts, width: '80px', align: 'end', cell: ({ attempts }) => attempts },
];

/** What was sent to channels, newest first. */
export function Deliveries() {
  const { data, error, refetch } = useAlarmDeliveries();
  return (
    <>
      <h2 className={classes.section}>{t.deliveries}</h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={3} />
      ) : data.length === 0 ? (
        <p className={classes.note}>{t.noDeliveries}</p>
      ) : (
        <DataTable label={t.deliveriesLabel} columns={COLUMNS} rows={data} rowKey={({ deliveryId }) => deliveryId} />
      )}
    </>
  );
}
