import type { PublishedStatusMap, PublishedStatusMaps } from '@crossdock/bus';
import { DEFAULT_STATUS_MAPS } from '@crossdock/orders';

/** The map of a system: what somebody made of it, else what Crossdock comes with, as version 0. */
export function statusMapIn(maps: PublishedStatusMaps, system: string): PublishedStatusMap {
  const changed = Object.hasOwn(maps, system) ? maps[system] : undefined;
  return changed ?? { version: 0, entries: defaultEntries(system) };
}

const defaultEntries = (system: string) =>
  Object.hasOwn(DEFAULT_STATUS_MAPS, system) ? (DEFAULT_STATUS_MAPS[system] ?? []) : [];
