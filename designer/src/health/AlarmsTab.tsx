import type { Alarm } from '@crossdock/api-contract';
import { IconBell, IconBellRinging, IconCircleCheck, IconClockPause } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAlarms } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { healthTexts } from '../texts/index.ts';
import { type Column, DataTable, EmptyState, ErrorState, RelativeTime, Skeleton } from '../ui/index.ts';
import { alarmPlace } from './alarm-place.ts';
import classes from './HealthPage.module.css';

const t = healthTexts.alarms;

const LOOK = {
  pending: { Icon: IconClockPause, tone: 'amber' },
  firing: { Icon: IconBellRinging, tone: 'red' },
  resolved: { Icon: IconCircleCheck, tone: 'green' },
} as const;

const COLUMNS: readonly Column<Alarm>[] = [
  { id: 'state', header: t.state, width: '110px', cell: ({ state }) => <AlarmState state={state} /> },
  { id: 'severity', header: t.severity, width: '90px', cell: ({ severity }) => healthTexts.severities[severity] },
  {
    id: 'rule',
    header: t.rule,
    width: 'minmax(140px, 1fr)',
    cell: ({ ruleName, mutedUntil }) =>
      mutedUntil !== null && Date.parse(mutedUntil) > Date.now() ? `${ruleName} (${t.muted})` : ruleName,
  },
  { id: 'what', header: t.what, width: 'minmax(240px, 3fr)', cell: (alarm) => <What alarm={alarm} /> },
  { id: 'since', header: t.since, width: '130px', cell: ({ since }) => <RelativeTime iso={since} /> },
];

function AlarmState({ state }: { state: Alarm['state'] }) {
  const { Icon, tone } = LOOK[state];
  return (
    <span className={classes.state}>
      <Icon size={16} aria-hidden className={classes.icon} data-tone={tone} />
      {healthTexts.states[state]}
    </span>
  );
}

/** What happens, with the way to it. */
function What({ alarm }: { alarm: Alarm }) {
  const place = alarmPlace(alarm);
  return place ? (
    <Link {...place} className="cd-link">
      {alarm.summary}
    </Link>
  ) : (
    alarm.summary
  );
}

/** Alarms of the environment and of the whole installation, newest first. */
export function AlarmsTab() {
  const { environment } = useEnvironment();
  const { data, error, refetch } = useAlarms(environment.name);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  if (data.length === 0) return <EmptyState icon={IconBell} title={t.noneTitle} detail={t.noneDetail} />;
  return <DataTable label={t.label} columns={COLUMNS} rows={data} rowKey={({ alarmId }) => alarmId} />;
}
