export { type Alarms, type AlarmsOptions, startAlarms } from './alarms.ts';
export { checkedCondition, checkScope } from './conditions.ts';
export { type DeliverOptions, sendTest } from './deliver.ts';
export { alarmsPausedSince, pauseAlarms, resumeAlarms } from './sending.ts';
