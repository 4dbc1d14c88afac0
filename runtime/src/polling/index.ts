export { startPolling } from './polling.ts';
export type { PollingContext } from './poll-once.ts';
