import type { Job } from '@crossdock/api-contract';
import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

const SHOWN = 20;
/** The stream tells of progress; should it be away, or come before an answer that is older, a job is still seen to end. */
const MISSED_MS = 3_000;

export const isAtWork = ({ status }: Pick<Job, 'status'>): boolean => status === 'running';

/** The newest jobs; the stream keeps their progress true. */
export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: async ({ signal }): Promise<readonly Job[]> =>
    (await request('listJobs', { query: { limit: SHOWN }, signal })).items,
  staleTime: 60_000,
  refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? MISSED_MS : false),
});

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: [...keys.jobs, jobId],
    queryFn: ({ signal }) => request('getJob', { params: { jobId }, signal }),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? MISSED_MS : false),
  });

export const useJobs = () => useQuery(jobsQuery);
export const useJob = (jobId: string) => useQuery(jobQuery(jobId));

/** Stops a job; what it has done stays done. `API_WRONG_STATE` when it has ended. */
export function useStopJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) => request('stopJob', { params: { jobId } }),
    onSuccess: (job) => keepJob(client, job),
  });
}

/** Puts a job's news where it is shown; lists that its end changes are asked again. */
export function keepJob(client: QueryClient, job: Job): void {
  client.setQueryData(jobQuery(job.jobId).queryKey, job);
  client.setQueryData(jobsQuery.queryKey, (jobs) =>
    jobs?.some(({ jobId }) => jobId === job.jobId)
      ? jobs.map((each) => (each.jobId === job.jobId ? job : each))
      : [job, ...(jobs ?? [])].slice(0, SHOWN),
  );
  if (isAtWork(job)) return;
  void client.invalidateQueries({ queryKey: job.kind === 'replay' ? keys.deadLetters : keys.inDoubt });
}
