import { HEALTH_RANGE_NAMES } from '@crossdock/api-contract';
import type { HealthRange } from '../api/index.ts';
import { optionalChoice } from '../app/search-params.ts';

export const HEALTH_TABS = ['overview', 'alarms', 'rules', 'channels'] as const;
export type HealthTab = (typeof HEALTH_TABS)[number];

export interface HealthSearch {
  tab?: HealthTab;
  range?: HealthRange;
}

export const validateHealthSearch = (search: Record<string, unknown>): HealthSearch => ({
  ...optionalChoice(search, 'tab', HEALTH_TABS),
  ...optionalChoice(search, 'range', HEALTH_RANGE_NAMES),
});
