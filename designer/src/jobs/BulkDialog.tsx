import type { BulkRepair, Environment } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useJob } from '../api/index.ts';
import { repairTexts, uiTexts } from '../texts/index.ts';
import { Dialog, ErrorState, FormDialog, Skeleton } from '../ui/index.ts';
import classes from './BulkDialog.module.css';
import { JobProgress } from './JobProgress.tsx';

/**
 * Something done to many executions: first what it would come to (a dry run, counted anew when a choice changes), then the job with its
 * progress, which goes on when the dialog is left.
 */
export function BulkDialog({
  title,
  environment,
  count,
  texts,
  verb,
  tone,
  ready = true,
  start,
  onClose,
  children,
}: {
  title: string;
  /** The environment it touches, where it is one. */
  environment: Environment | undefined;
  count: UseQueryResult<BulkRepair>;
  texts: Record<'found' | 'willRun' | 'skipped', (count: number) => string> & { none: string; skippedHint?: string };
  /** The button, for so many. */
  verb: (count: number) => string;
  tone?: 'red';
  /** False while a choice lacks something. */
  ready?: boolean;
  /** Starts the job and gives its id; `null` when nothing matched any more. */
  start: () => Promise<{ jobId: string | null }>;
  onClose: () => void;
  children: ReactNode;
}) {
  const [job, setJob] = useState<string | null>();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const willRun = count.data?.willRun ?? count.data?.count ?? 0;
  const submit = async () => {
    setState({ busy: true });
    try {
      setJob((await start()).jobId);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  if (job !== undefined)
    return (
      <Dialog opened onClose={onClose} title={title} size={560}>
        <div className={classes.body} data-tone={environment?.tone}>
          {job === null ? <p>{repairTexts.jobs.nothing}</p> : <Running jobId={job} onLeave={onClose} />}
          <div className={classes.buttons}>
            <Button onClick={onClose} data-autofocus>
              {uiTexts.close}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <FormDialog
      title={title}
      submit={verb(willRun)}
      busy={state.busy}
      error={state.error}
      disabled={!ready || willRun === 0 || count.isFetching}
      onSubmit={() => void submit()}
      onClose={onClose}
      size={560}
      environment={environment}
      {...(tone ? { tone } : {})}
    >
      {children}
      <Count count={count} texts={texts} />
    </FormDialog>
  );
}

function Count({
  count,
  texts,
}: {
  count: UseQueryResult<BulkRepair>;
  texts: Parameters<typeof BulkDialog>[0]['texts'];
}) {
  if (count.error) return <ErrorState error={count.error} onRetry={() => void count.refetch()} />;
  const { data } = count;
  const skipped = data?.skipped ?? 0;
  return (
    <div className={classes.count} role="status" aria-busy={count.isFetching} data-testid="dry-run">
      {data === undefined ? (
        repairTexts.jobs.counting
      ) : (
        <>
          <span>
            <strong>{texts.found(data.count)}</strong>
            {data.willRun !== undefined && ` · ${texts.willRun(data.willRun)}`}
            {skipped > 0 && ` · ${texts.skipped(skipped)}`}
          </span>
          {skipped > 0 && texts.skippedHint && <span className="cd-dim">{texts.skippedHint}</span>}
          {(data.willRun ?? data.count) === 0 && <span>{texts.none}</span>}
        </>
      )}
    </div>
  );
}

function Running({ jobId, onLeave }: { jobId: string; onLeave: () => void }) {
  const { data: job, error, refetch } = useJob(jobId);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!job) return <Skeleton rows={2} />;
  return (
    <>
      <JobProgress job={job} onLeave={onLeave} />
      {job.status === 'running' && <p className="cd-dim">{repairTexts.jobs.leave}</p>}
    </>
  );
}
