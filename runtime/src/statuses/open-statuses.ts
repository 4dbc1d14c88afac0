import type { Bus } from '@crossdock/bus';
import type { EnginePorts } from '@crossdock/engine';
import { statusEntry } from '@crossdock/orders';
import { statusMapIn } from './status-map-in.ts';

/** What statuses mean, as the registry has it by now. */
export const openStatuses =
  (registry: Pick<Bus['registry'], 'statusMaps'>): EnginePorts['statuses'] =>
  (env) => ({
    find({ system, ...of }) {
      const { version, entries } = statusMapIn(registry.statusMaps(env), system);
      const entry = statusEntry(entries, of);
      return entry && { event: entry.event, version };
    },
  });
