export { createEgress } from './egress.ts';
export { createForesight, type EgressForesight } from './foresight.ts';
export { createGuardedConnect, type GuardedConnect, type SocketTarget } from './guarded-connect.ts';
export type { Resolve } from './guarded-lookup.ts';
export { type EgressOptions, installationRules } from './rules-by-environment.ts';
