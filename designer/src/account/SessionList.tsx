import type { Session } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { useEndOtherSessions, useEndSession, useMySessions } from '../api/index.ts';
import { accountTexts } from '../texts/index.ts';
import { ErrorState, notifyDone, ProblemNote, RelativeTime, Skeleton } from '../ui/index.ts';
import classes from './AccountPage.module.css';
import { deviceName } from './device-name.ts';

const t = accountTexts.sessions;

/** Where one is signed in, and the way to end it there. */
export function SessionList() {
  const { data, error, refetch } = useMySessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const problem = end.error ?? endOthers.error;
  return (
    <section className={classes.section} aria-label={t.title}>
      <h2>{t.title}</h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={3} />
      ) : (
        <>
          <table className={classes.sessions} aria-label={t.label}>
            <thead>
              <tr>
                <th scope="col">{t.device}</th>
                <th scope="col">{t.address}</th>
                <th scope="col">{t.since}</th>
                <th scope="col">{t.lastSeen}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.items.map((session) => (
                <SessionRow
                  key={session.sessionId}
                  session={session}
                  busy={end.isPending && end.variables === session.sessionId}
                  onEnd={(device) => end.mutate(session.sessionId, { onSuccess: () => notifyDone(t.ended(device)) })}
                />
              ))}
            </tbody>
          </table>
          {problem && <ProblemNote error={problem} />}
          {data.items.length > 1 ? (
            <Button
              variant="default"
              loading={endOthers.isPending}
              onClick={() => endOthers.mutate(undefined, { onSuccess: () => notifyDone(t.endedOthers) })}
            >
              {t.endOthers}
            </Button>
          ) : (
            <span className="cd-dim">{t.only}</span>
          )}
        </>
      )}
    </section>
  );
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: (device: string) => void }) {
  const device = deviceName(session.userAgent);
  return (
    <tr>
      <th scope="row" title={session.userAgent ?? ''}>
        {device}
        {session.current && <span className={classes.here}>{t.here}</span>}
      </th>
      <td className="cd-num">{session.address ?? '–'}</td>
      <td>
        <RelativeTime iso={session.createdAt} />
      </td>
      <td>
        <RelativeTime iso={session.lastSeenAt} />
      </td>
      <td>
        {!session.current && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={t.endOf(device)}
            loading={busy}
            onClick={() => onEnd(device)}
          >
            {t.end}
          </Button>
        )}
      </td>
    </tr>
  );
}
