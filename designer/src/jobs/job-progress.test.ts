import type { Job } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { jobProgress, rateText } from './job-progress.ts';

const job: Job = {
  jobId: 'j',
  kind: 'replay',
  status: 'running',
  startedAt: '2026-11-23T12:00:00.000Z',
  startedBy: 'Ada',
  total: 400,
  done: 95,
  failed: 5,
  perSecond: 10,
  errors: [],
};

test('counts what was done and what could not be, and tells the time left at the present rate', () => {
  expect(jobProgress(job)).toEqual({ handled: 100, percent: 25, leftMs: 30_000 });
});

test('tells no time left while it stands still, or has ended', () => {
  expect(jobProgress({ ...job, perSecond: 0 }).leftMs).toBeUndefined();
  expect(jobProgress({ ...job, status: 'stopped' }).leftMs).toBeUndefined();
});

test('a job without anything to do is through', () => {
  expect(jobProgress({ ...job, total: 0, done: 0, failed: 0 }).percent).toBe(100);
});

test.each([
  [0.42, '0.4'],
  [35.7, '36'],
  [1_240, '1,240'],
])('a rate of %d reads %s', (rate, text) => {
  expect(rateText(rate)).toBe(text);
});
