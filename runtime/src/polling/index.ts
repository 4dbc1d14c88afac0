export type { PollingContext } from './poll-once.ts';
export { startPolling } from './polling.ts';
