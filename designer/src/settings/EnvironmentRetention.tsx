import { type Environment, RETENTION_BOUNDS, type Retention, type RetentionEffect } from '@crossdock/api-contract';
import { FAILED_RECORD_DAYS } from '@crossdock/flow-model';
import { useState } from 'react';
import { useMay, useRetention, useRetentionEffect, useSaveRetention } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { askToConfirm, ErrorState, notifyDone, Skeleton } from '../ui/index.ts';
import { DaysForm } from './DaysForm.tsx';
import classes from './RetentionTab.module.css';

const t = settingsTexts.retention;

const most = RETENTION_BOUNDS.mostDays;

const FIELDS = [
  { name: 'executionDays', label: t.executionDays, hint: t.executionHint, least: 1, most },
  { name: 'payloadDays', label: t.payloadDays, hint: t.payloadHint, least: 1, most },
  {
    name: 'deadLetterDays',
    label: t.deadLetterDays,
    hint: t.deadLetterHint(FAILED_RECORD_DAYS),
    least: 1,
    most: FAILED_RECORD_DAYS,
  },
] as const;

/** The periods of one environment, with what a change would remove. */
export function EnvironmentRetention({ environment: { name, title } }: { environment: Environment }) {
  const mayWrite = useMay('retention:write');
  const { data, error, refetch } = useRetention(name);
  const save = useSaveRetention(name);
  const [wanted, setWanted] = useState<Retention>();
  const effect = useRetentionEffect(name, wanted);
  const store = async (days: Retention) => {
    await save.mutateAsync(days);
    setWanted(undefined);
    notifyDone(t.saved(title));
  };
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={1} />
      ) : (
        <DaysForm
          fields={FIELDS}
          stored={data}
          readOnly={!mayWrite}
          busy={save.isPending}
          error={save.error}
          problem={({ executionDays, payloadDays }) => (payloadDays > executionDays ? t.payloadsLonger : undefined)}
          note={wanted && effect.data && (isNothing(effect.data) ? t.removesNothing : t.removes(effect.data))}
          onChange={setWanted}
          onSave={async (days) => {
            if (!effect.data || isNothing(effect.data)) return store(days);
            askToConfirm({
              title: t.confirmTitle(title),
              effect: t.confirmEffect(effect.data),
              verb: t.confirm,
              tone: 'red',
              run: () => store(days),
            });
          }}
        />
      )}
    </section>
  );
}

function isNothing({ executions, payloads, deadLetters }: RetentionEffect): boolean {
  return executions + payloads + deadLetters === 0;
}
