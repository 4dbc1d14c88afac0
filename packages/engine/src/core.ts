import type { Breakers } from './breakers.ts';
import type { EngineOptions } from './engine-options.ts';
import type { PlanCache } from './plan-cache.ts';
import type { EnginePorts } from './ports.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RecentSet } from './recent-set.ts';
import type { SlotGate } from './slots.ts';
import type { Trial } from './trial.ts';

/** What every part of one engine shares. */
export interface Core {
  readonly ports: EnginePorts;
  readonly options: EngineOptions;
  readonly plans: PlanCache;
  readonly gate: SlotGate;
  readonly breakers: Breakers;
  readonly rates: RateLimiter;
  /** Executions this process gave back by itself, so that their redelivery is not taken for a crash. */
  readonly givenBack: RecentSet;
  /** For runs on trial alone. */
  readonly trial?: Trial;
}
