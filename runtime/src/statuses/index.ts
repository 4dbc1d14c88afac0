export { openStatuses } from './open-statuses.ts';
export { statusMapIn } from './status-map-in.ts';
