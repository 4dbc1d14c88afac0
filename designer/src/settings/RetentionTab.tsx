import { RETENTION_BOUNDS } from '@crossdock/api-contract';
import { useAuditRetention, useEnvironments, useMay, useSaveAuditRetention } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { ErrorState, notifyDone, Skeleton } from '../ui/index.ts';
import { DaysForm } from './DaysForm.tsx';
import { EnvironmentRetention } from './EnvironmentRetention.tsx';
import classes from './RetentionTab.module.css';

const t = settingsTexts.retention;
const { leastAuditDays: least, mostDays: most } = RETENTION_BOUNDS;
const AUDIT_FIELDS = [{ name: 'auditDays', label: t.auditDays, hint: t.auditHint, least, most }] as const;

/** How long each environment keeps its records, and the installation its audit. */
export function RetentionTab() {
  const { data, error, refetch } = useEnvironments();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} />;
  return (
    <div className={classes.page}>
      <p className="cd-dim">{t.hint}</p>
      {data.map((environment) => (
        <EnvironmentRetention key={environment.name} environment={environment} />
      ))}
      <AuditRetention />
    </div>
  );
}

function AuditRetention() {
  const mayWrite = useMay('retention:write');
  const { data, error, refetch } = useAuditRetention();
  const save = useSaveAuditRetention();
  return (
    <section className={classes.part} aria-label={t.audit}>
      <h2>{t.audit}</h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={1} />
      ) : (
        <DaysForm
          fields={AUDIT_FIELDS}
          stored={data}
          readOnly={!mayWrite}
          busy={save.isPending}
          error={save.error}
          onSave={async (days) => {
            await save.mutateAsync(days);
            notifyDone(t.auditSaved);
          }}
        />
      )}
    </section>
  );
}
