import type { Core } from './core.ts';
import { isTerminal } from './execution.ts';
import { announceEnd } from './finish.ts';
import type { Lease } from './ports.ts';
import type { JournalSnapshot } from './records.ts';
import { armWakeUps } from './suspend.ts';

/** Settles a lease whose execution has ended or goes on under another lease; false when this lease is the one to carry it. */
export async function settleForeign(core: Core, lease: Lease, snapshot: JournalSnapshot): Promise<boolean> {
  if (isTerminal(snapshot)) {
    await announceEnd(core.ports, snapshot, lease);
    return true;
  }
  if (snapshot.lease === lease.token) return false;
  if (snapshot.asleep) await armWakeUps(core.ports, lease.address, snapshot);
  lease.ack();
  return true;
}
