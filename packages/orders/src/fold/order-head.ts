import type { OrderEvent } from '../events/catalogue/index.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import { compareStamps, type Stamp, stampOf } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import { Registers } from './register.ts';

type EventNamed<Name extends string> = Extract<OrderEvent, { type: `com.platform.${Name}.v1` }>;
type Received = EventNamed<'order.received'>['data'];
type Promised = EventNamed<'promise.changed'>['data']['promised'];

/** What the order says of itself, each field as it was said last. */
export type OrderHead = Omit<Received, 'lines' | 'rev' | 'reportedBy' | 'evidence'>;

/** Whether something was decided about the order, and when (RFC 3339). */
export interface Decisions {
  readonly validatedAt?: string | undefined;
  readonly confirmedAt?: string | undefined;
  /** Unless it was validated or confirmed after that. */
  readonly rejectedAt?: string | undefined;
  readonly cancelledAt?: string | undefined;
  readonly closedAt?: string | undefined;
}

export interface OrderFacts {
  /** Undefined before the order was received. */
  readonly head: OrderHead | undefined;
  readonly receivedAt: string | undefined;
  /** As ordered now, by the root of their keys; sorted by key. */
  readonly lines: ReadonlyMap<string, OrderLine>;
  readonly decisions: Decisions;
}

export function orderFacts(events: readonly OrderEvent[], links: ResolvedLinks): OrderFacts {
  const fields = new Registers<unknown>();
  const lines = new Registers<OrderLine>();
  const promises = new Registers<Promised>();
  let received: EventNamed<'order.received'> | undefined;
  for (const event of events) {
    if (event.type === 'com.platform.promise.changed.v1') {
      const { lineKey, promised } = event.data;
      if (lineKey === undefined) fields.state('promised', stampOf(event), promised);
      else promises.state(links.rootOf('order_line', lineKey), stampOf(event), promised);
    } else if (event.type === 'com.platform.order.confirmed.v1') {
      if (event.data.promised !== undefined) fields.state('promised', stampOf(event), event.data.promised);
    } else if (event.type === 'com.platform.order.received.v1' || event.type === 'com.platform.order.amended.v1') {
      const { lines: said = [], rev: _, reportedBy: __, evidence: ___, ...head } = event.data;
      const stamp = stampOf(event);
      for (const [field, value] of Object.entries(head)) fields.state(field, stamp, value);
      for (const line of said) lines.state(links.rootOf('order_line', line.lineKey), stamp, line);
      if (event.type === 'com.platform.order.received.v1' && isEarlier(event, received)) received = event;
    }
  }
  const byRoot = lines.sorted().map(([root, line]) => {
    const promised = promises.get(root) ?? line.promised;
    return [root, promised === undefined ? line : { ...line, promised }] as const;
  });
  return {
    head: received && (Object.fromEntries(fields.sorted().filter(([field]) => field !== 'reason')) as OrderHead),
    receivedAt: received?.time,
    lines: new Map(byRoot),
    decisions: decisionsOf(events),
  };
}

function isEarlier(event: OrderEvent, known: OrderEvent | undefined): boolean {
  return known === undefined || compareStamps(stampOf(event), stampOf(known)) < 0;
}

const DECISIONS = {
  'com.platform.order.validated.v1': 'validatedAt',
  'com.platform.order.confirmed.v1': 'confirmedAt',
  'com.platform.order.rejected.v1': 'rejectedAt',
  'com.platform.order.cancelled.v1': 'cancelledAt',
  'com.platform.order.closed.v1': 'closedAt',
} as const satisfies Record<string, keyof Decisions>;

function decisionsOf(events: readonly OrderEvent[]): Decisions {
  const registers = new Registers<{ readonly at: string; readonly stamp: Stamp }>();
  for (const event of events) {
    const field = DECISIONS[event.type as keyof typeof DECISIONS];
    const stamp = field && stampOf(event);
    if (stamp) registers.state(field, stamp, { at: event.time, stamp });
  }
  const rejected = registers.get('rejectedAt');
  const isAcceptedSince = ['validatedAt', 'confirmedAt'].some((field) => {
    const accepted = registers.get(field);
    return rejected && accepted && compareStamps(accepted.stamp, rejected.stamp) > 0;
  });
  return Object.fromEntries(
    registers.sorted().flatMap(([field, { at }]) => (field === 'rejectedAt' && isAcceptedSince ? [] : [[field, at]])),
  );
}
