import type { Lease } from './ports.ts';

/** What became of a lease: acked, given back, or neither (another worker has it by now, or it runs out). */
export type Settling = { kind: 'acked' } | { kind: 'released'; delayMs: number } | { kind: 'open' };

/** A lease whose end is noted instead of told to the bus: more may be done under it. */
export interface HeldLease {
  lease: Lease;
  settling(): Settling;
}

/** With `as` it speaks for another execution: what was asked of its own is not asked of that one. */
export function holdLease(lease: Lease, as?: Partial<Lease>): HeldLease {
  let settling: Settling = { kind: 'open' };
  const settle = (how: Settling): void => {
    if (settling.kind === 'open') settling = how;
  };
  return {
    // Member by member: a lease of the bus has getters and methods that a spread would copy as they are now.
    lease: {
      kind: lease.kind,
      address: lease.address,
      token: lease.token,
      deliveryCount: lease.deliveryCount,
      heldSince: lease.heldSince,
      ...(lease.triggerSeq === undefined ? {} : { triggerSeq: lease.triggerSeq }),
      ...(lease.lane === undefined ? {} : { lane: lease.lane }),
      ...(lease.isOld === undefined ? {} : { isOld: lease.isOld }),
      ...(lease.command === undefined || as ? {} : { command: lease.command }),
      ...(lease.trigger ? { trigger: () => lease.trigger!() } : {}),
      ...as,
      working: () => lease.working(),
      idle: (isIdle) => lease.idle?.(isIdle),
      ack: () => settle({ kind: 'acked' }),
      release: (delayMs) => settle({ kind: 'released', delayMs }),
    },
    settling: () => settling,
  };
}

/** Tells the bus what became of a lease. */
export function settleLease(lease: Lease, settling: Settling): void {
  if (settling.kind === 'acked') lease.ack();
  else if (settling.kind === 'released') lease.release(settling.delayMs);
}
