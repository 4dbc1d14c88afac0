import type { ExecutionDetail, WaitsFor } from '@crossdock/api-contract';
import {
  IconBell,
  IconClock,
  IconGauge,
  IconHourglass,
  IconPlayerPause,
  IconRepeat,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { executionTexts } from '../texts/index.ts';
import { CopyId, formatDuration, formatMoment, useNow } from '../ui/index.ts';
import classes from './WaitPanel.module.css';

const t = executionTexts.waits;
/** The parts of a split may wait all at once. */
const MOST_SHOWN = 4;

const ICONS: Readonly<Record<Exclude<WaitsFor['kind'], 'doubt'>, TablerIcon>> = {
  time: IconClock,
  event: IconBell,
  children: IconSitemap,
  retry: IconRepeat,
  breaker: IconPlayerPause,
  'rate-limit': IconGauge,
  share: IconHourglass,
};

/** What an execution waits for, and until when. Calls in doubt have a panel of their own. */
export function WaitPanel({
  execution: { executionId, waitsFor = [] },
  nodeName,
}: {
  execution: ExecutionDetail;
  nodeName: (nodeId: string) => string;
}) {
  const waits = waitsFor.filter(({ kind }) => kind !== 'doubt').toSorted(byTime);
  if (waits.length === 0) return null;
  const shown = waits.slice(0, MOST_SHOWN);
  return (
    <ul className={classes.panel} aria-label={t.label} data-testid="waits">
      {shown.map((wait) => (
        <li key={`${wait.nodeId} ${wait.iteration}`}>
          <Wait wait={wait} node={nodeName(wait.nodeId)} executionId={executionId} />
        </li>
      ))}
      {waits.length > shown.length && <li>{t.more(waits.length - shown.length)}</li>}
    </ul>
  );
}

/** What goes on first stands first; what has no time, last. */
function byTime(one: WaitsFor, other: WaitsFor): number {
  return (one.until ?? '9').localeCompare(other.until ?? '9');
}

function Wait({ wait, node, executionId }: { wait: WaitsFor; node: string; executionId: string }) {
  const { kind, until } = wait;
  if (kind === 'doubt') return null;
  const Icon = ICONS[kind];
  return (
    <>
      <Icon size={16} stroke={1.5} aria-hidden />
      <span>
        <strong>{node}</strong>{' '}
        {kind === 'event' && wait.key !== undefined ? (
          <>
            {t.event(wait.eventType)} <CopyId value={wait.key} what={t.key} />
          </>
        ) : kind === 'children' ? (
          <>
            {t.children(wait.done ?? 0, wait.count ?? 0)}{' '}
            <Link to="/executions" search={{ parent: executionId }} className="cd-link">
              {t.showChildren}
            </Link>
          </>
        ) : (
          t.kinds[kind]
        )}
        {until && (
          <>
            {' '}
            <Until at={until} atMost={kind === 'event' || kind === 'children'} />
          </>
        )}
      </span>
    </>
  );
}

function Until({ at, atMost }: { at: string; atMost: boolean }) {
  const left = Date.parse(at) - useNow();
  const inTime = left > 0 ? formatDuration(Math.ceil(left / 1000) * 1000) : undefined;
  return (
    <time dateTime={at}>
      {inTime === undefined ? t.due : atMost ? t.atMost(formatMoment(at), inTime) : t.until(formatMoment(at), inTime)}
    </time>
  );
}
