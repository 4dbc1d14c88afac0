export { acceptOrRefuse, type UnreadArrival } from './accept-or-refuse.ts';
export { type Arrival, acceptTrigger, type IntakeContext } from './accept-trigger.ts';
export { type DeployedTrigger, followTriggers, type TriggerFollower, triggerName } from './follow-triggers.ts';
export { checkContentType, inMemory, messagePayload, toPayload } from './inbound-payload.ts';
export { createLargeBodies, type LargeBodies } from './large-bodies.ts';
export { QUERY_HEADER, SUBJECT_HEADER, storedHeaders, storedQuery } from './stored-headers.ts';
