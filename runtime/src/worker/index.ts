export { collectMetrics } from './collected-metrics.ts';
export { type ForkedWorker, forkWorker } from './fork-worker.ts';
export type { WorkerSettings } from './messages.ts';
