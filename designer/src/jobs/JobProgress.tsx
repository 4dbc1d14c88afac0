import type { Job } from '@crossdock/api-contract';
import { Button, Progress } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconPlayerStop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isAtWork, sentence, useMay, useStopJob } from '../api/index.ts';
import { repairTexts } from '../texts/index.ts';
import { formatDuration, ProblemNote } from '../ui/index.ts';
import classes from './JobProgress.module.css';
import { jobProgress, rateText } from './job-progress.ts';

const t = repairTexts.jobs;

/** How far a job is, how fast it goes, how long it will take; what could not be done; and the way to stop it. */
export function JobProgress({ job, onLeave }: { job: Job; onLeave?: () => void }) {
  const mayStop = useMay('executions:replay', job.env);
  const stop = useStopJob();
  const { handled, percent, leftMs } = jobProgress(job);
  const atWork = isAtWork(job);
  return (
    <div className={classes.job} data-testid="job-progress" data-status={job.status}>
      <Progress
        value={percent}
        size={6}
        aria-label={t.kinds[job.kind]}
        color={job.status === 'failed' ? 'red' : job.status === 'stopped' ? 'gray' : 'indigo'}
        transitionDuration={120}
      />
      <div className={classes.facts}>
        {atWork ? (
          <span className="cd-num">
            {t.progress(handled, job.total)}
            {job.perSecond !== undefined && job.perSecond > 0 && ` · ${t.perSecond(rateText(job.perSecond))}`}
            {leftMs !== undefined && ` · ${t.left(formatDuration(leftMs))}`}
          </span>
        ) : (
          <Ended job={job} handled={handled} />
        )}
        {atWork && mayStop && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            loading={stop.isPending}
            onClick={() => stop.mutate(job.jobId)}
          >
            {t.stop}
          </Button>
        )}
      </div>
      {stop.error && <ProblemNote error={stop.error} />}
      {job.failed > 0 && <Failures job={job} {...(onLeave ? { onLeave } : {})} />}
    </div>
  );
}

function Ended({ job, handled }: { job: Job; handled: number }) {
  const isDone = job.status === 'done';
  const Icon = isDone ? IconCircleCheck : job.status === 'stopped' ? IconPlayerStop : IconCircleX;
  const said = isDone
    ? job.total === 0
      ? t.nothing
      : t.ended[job.kind](job.done)
    : job.status === 'stopped'
      ? t.stoppedAt(handled, job.total)
      : t.brokeAt(handled, job.total);
  return (
    <span className={classes.ended} data-status={job.status}>
      <Icon size={16} aria-hidden /> {said}
    </span>
  );
}

function Failures({ job, onLeave }: { job: Job; onLeave?: () => void }) {
  return (
    <div className={classes.failures}>
      {t.failed(job.failed)}
      <ul>
        {job.errors.map(({ executionId, code, message }) => (
          <li key={executionId}>
            <Link
              to="/executions/$executionId"
              params={{ executionId }}
              className="cd-link"
              {...(onLeave ? { onClick: onLeave } : {})}
            >
              {executionId.slice(0, 8)}
            </Link>{' '}
            {sentence(message)} <code>{code}</code>
          </li>
        ))}
      </ul>
      {job.failed > job.errors.length && t.moreErrors(job.failed - job.errors.length)}
    </div>
  );
}
