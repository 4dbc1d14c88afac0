import type { StatusMap, UnmappedStatus } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSaveStatusMap, useUnmappedStatuses } from '../api/index.ts';
import { statusTexts } from '../texts/index.ts';
import { ErrorState, notifyDone, notifyError, PlainTable, RelativeTime } from '../ui/index.ts';
import { EventSelect } from './EventSelect.tsx';
import classes from './references.module.css';

const t = statusTexts.unmapped;

/** Statuses that flows met and nobody has mapped, each mapped in one step. */
export function UnmappedStatuses({
  env,
  maps,
  mayWrite,
}: {
  env: string;
  maps: readonly StatusMap[];
  mayWrite: boolean;
}) {
  const { data, error, refetch } = useUnmappedStatuses(env);
  const { columns } = t;
  return (
    <section className={classes.section} aria-label={t.title}>
      <h2>{t.title}</h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <p className="cd-dim">{t.none}</p>
      ) : (
        data && (
          <>
            <p className="cd-dim">{t.hint}</p>
            <PlainTable
              label={t.title}
              heads={[
                { text: columns.status },
                { text: columns.count },
                { text: columns.last },
                { text: columns.means },
              ]}
              ofFields
            >
              {data.map((one) => (
                <UnmappedRow
                  key={`${one.system} ${one.document} ${one.status}`}
                  env={env}
                  one={one}
                  map={maps.find(({ system }) => system === one.system)}
                  mayWrite={mayWrite}
                />
              ))}
            </PlainTable>
          </>
        )
      )}
    </section>
  );
}

function UnmappedRow({
  env,
  one: { system, document, status, count, orders, lastAt, lastOrder },
  map = { system, version: 0, entries: [] },
  mayWrite,
}: {
  env: string;
  one: UnmappedStatus;
  map: StatusMap | undefined;
  mayWrite: boolean;
}) {
  const save = useSaveStatusMap(env);
  const [event, setEvent] = useState<string | null>();
  const submit = () => {
    if (event === undefined) return;
    save.mutate(
      { ...map, entries: [...map.entries, { document, status, event }] },
      { onSuccess: () => notifyDone(t.mapped(status)), onError: (error) => notifyError(error) },
    );
  };
  return (
    <tr>
      <td>
        <span className="cd-dim">
          {system} {document}
        </span>{' '}
        <span className="cd-mono">{status}</span>
      </td>
      <td>{t.met(count, orders)}</td>
      <td>
        <RelativeTime iso={lastAt} />{' '}
        <Link to="/orders/$orderId" params={{ orderId: lastOrder }}>
          {lastOrder}
        </Link>
      </td>
      <td>
        {mayWrite && (
          <div className={classes.buttons}>
            <EventSelect label={t.meaningOf(status)} placeholder={t.choose} value={event} onChange={setEvent} />
            <Button
              aria-label={t.mapLabel(status)}
              disabled={event === undefined}
              loading={save.isPending}
              onClick={submit}
            >
              {t.map}
            </Button>
          </div>
        )}
      </td>
    </tr>
  );
}
