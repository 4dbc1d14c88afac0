export type { ScheduleContext } from './schedule-loop.ts';
export { type Schedules, startSchedules } from './schedules.ts';
