import type { Job } from '@crossdock/api-contract';
import { Popover, RingProgress, UnstyledButton } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { isAtWork, useEnvironments, useJobs } from '../api/index.ts';
import { repairTexts } from '../texts/index.ts';
import { EnvironmentChip, formatNumber, RelativeTime } from '../ui/index.ts';
import classes from './JobProgress.module.css';
import { JobProgress } from './JobProgress.tsx';
import { jobProgress } from './job-progress.ts';

const t = repairTexts.jobs;

/** In the top bar while there are jobs: how far those at work are, and the newest ones to be found again. */
export function JobsMenu() {
  const [open, setOpen] = useState(false);
  const { data: jobs = [] } = useJobs();
  if (jobs.length === 0) return null;
  const atWork = jobs.filter(isAtWork);
  const [first] = atWork;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={420}>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          data-working={first !== undefined || undefined}
          aria-label={[t.open(atWork.length), ...(first ? [workOf(first)] : [])].join(': ')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {first ? <AtWork job={first} /> : <IconListCheck size={16} stroke={1.5} aria-hidden />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t.title}>
        <ul className={classes.list}>
          {jobs.map((job) => (
            <Entry key={job.jobId} job={job} onLeave={() => setOpen(false)} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What it does and how far it is: `Replay 3 / 10`. */
const workOf = (job: Job): string =>
  `${t.kinds[job.kind]} ${formatNumber(jobProgress(job).handled)} / ${formatNumber(job.total)}`;

function AtWork({ job }: { job: Job }) {
  const { percent } = jobProgress(job);
  return (
    <>
      <RingProgress size={18} thickness={3} sections={[{ value: percent, color: 'indigo' }]} aria-hidden />
      {workOf(job)}
    </>
  );
}

function Entry({ job, onLeave }: { job: Job; onLeave: () => void }) {
  const environments = useEnvironments().data ?? [];
  const tone = environments.find(({ name }) => name === job.env)?.tone ?? 'neutral';
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <strong>{t.kinds[job.kind]}</strong>
        {job.env && <EnvironmentChip name={job.env} tone={tone} />}
        <span>
          <RelativeTime iso={job.startedAt} /> {t.by(job.startedBy)}
        </span>
      </div>
      <JobProgress job={job} onLeave={onLeave} />
    </li>
  );
}
