export { type Arrival, acceptTrigger, type IntakeContext } from './accept-trigger.ts';
export { type DeployedTrigger, followTriggers, type TriggerFollower, triggerName } from './follow-triggers.ts';
export { checkContentType, type InboundPayload, toPayload } from './inbound-payload.ts';
