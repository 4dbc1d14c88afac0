import { type BusOptions, openBusLink } from '../connect.ts';
import { type BusBackup, type BusRestore, createBusBackup, createBusRestore } from './bus-backup.ts';

/** Reaches a bus as a backup does: nothing is set up, nothing is watched. */
export async function openBusStores(
  options: BusOptions,
): Promise<{ backup: BusBackup; restore: BusRestore; close(): Promise<void> }> {
  const link = await openBusLink(options);
  return {
    backup: createBusBackup(link),
    restore: createBusRestore(link, options.replicas),
    close: () => link.nc.close(),
  };
}
