import type { Core } from './core.ts';
import type { Carrying } from './node-work.ts';
import type { FrontierEntry } from './records.ts';
import type { Stay } from './slots.ts';
import { timestamp } from './timestamp.ts';

const BUSY_PATIENCE_MS = 1_000;
const BUSY_STEP_MS = 100;
const FIRST_DEFERRAL_MS = 1_000;
const LAST_DEFERRAL_MS = 30_000;

/**
 * Admits an execution to an effect node, or sets its entry's due time when the node holds its share of the slots. A node that may yet
 * prove itself is waited for a moment without a slot; the wait grows with each deferral, so that a long outage costs few wake-ups.
 */
export async function visitNode(core: Core, carrying: Carrying, entry: FrontierEntry): Promise<Stay | undefined> {
  const { gate, ports } = core;
  const { flowId, env } = carrying.execution.address;
  for (let waitedMs = 0; ; waitedMs += BUSY_STEP_MS) {
    const visit = gate.visit(`${env}/${flowId}`, entry.nodeId);
    if (typeof visit === 'object') return visit;
    if (visit === 'failing' || waitedMs >= BUSY_PATIENCE_MS) break;
    await carrying.slot.sleep(BUSY_STEP_MS);
  }
  const deferrals = entry.deferrals ?? 0;
  entry.deferrals = deferrals + 1;
  const delayMs = Math.min(LAST_DEFERRAL_MS, FIRST_DEFERRAL_MS * 2 ** deferrals) * (0.75 + ports.random() / 2);
  entry.dueAt = timestamp(ports.clock.now() + delayMs);
  return undefined;
}
