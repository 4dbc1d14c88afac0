export { type EventTriggers, startEventTriggers } from './event-triggers.ts';
