import { Link } from '@tanstack/react-router';
import { useAuditRow } from '../api/index.ts';
import { auditTexts } from '../texts/index.ts';
import { Dialog, ErrorState, formatExact, Skeleton } from '../ui/index.ts';
import { Actor } from './Actor.tsx';
import classes from './Audit.module.css';
import { changedFields, placeOf, thingIn, valueText } from './audit-rows.ts';

const t = auditTexts;

/** One change with what differs before and after. */
export function AuditRowDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const { data: row, error, refetch } = useAuditRow(number);
  const place = row && placeOf(row);
  return (
    <Dialog opened onClose={onClose} size={720} title={row ? t.detail.title(row.action, thingIn(row)) : ''}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : row ? (
        <div className={classes.detail}>
          <dl className={classes.facts}>
            {place && (
              <>
                <dt>{t.thing}</dt>
                <dd>
                  <Link {...place} className="cd-link">
                    {thingIn(row)}
                  </Link>
                </dd>
              </>
            )}
            <dt>{t.who}</dt>
            <dd>
              <Actor by={row.by} />
            </dd>
            <dt>{t.at}</dt>
            <dd className="cd-num">{formatExact(row.at)}</dd>
            {row.env !== null && (
              <>
                <dt>{t.env}</dt>
                <dd>{row.env}</dd>
              </>
            )}
            <dt>{t.detail.address}</dt>
            <dd className="cd-num">{row.address ?? '–'}</dd>
            <dt>{t.detail.userAgent}</dt>
            <dd>{row.userAgent ?? '–'}</dd>
          </dl>
          <Changes before={row.before} after={row.after} />
        </div>
      ) : (
        <Skeleton rows={5} />
      )}
    </Dialog>
  );
}

function Changes({ before, after }: { before: unknown; after: unknown }) {
  const fields = changedFields(before, after);
  if (fields.length === 0) return <p className="cd-dim">{t.detail.none}</p>;
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t.detail.field}</th>
          <th scope="col">{t.detail.before}</th>
          <th scope="col">{t.detail.after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const name = field.path.join(' › ') || t.detail.whole;
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={classes.before}>{valueText(field.before)}</td>
              <td className={classes.after}>{valueText(field.after)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
