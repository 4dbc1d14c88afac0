import type { Deployment } from '@crossdock/api-contract';

/** What runs, of what ran last. */
export const activeOf = (last: Deployment | undefined): Deployment | undefined =>
  last?.status === 'active' ? last : undefined;
