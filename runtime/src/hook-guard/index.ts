export type { HookGuard, HookGuardContext } from './hook-guard.ts';
export { createHookGuards, type HookGuards } from './hook-guards.ts';
export type { HookSecrets } from './hook-verifier.ts';
export { createRefusalCounts } from './refusal-counts.ts';
