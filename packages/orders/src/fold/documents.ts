import type { OrderEvent } from '../events/catalogue/index.ts';
import { stampOf } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import { Registers } from './register.ts';

type EventNamed<Name extends string> = Extract<OrderEvent, { type: `com.platform.${Name}.v1` }>;
type Scan = EventNamed<'shipment.tracking'>;

export interface ShipmentState {
  readonly key: string;
  readonly status: 'open' | 'voided';
  readonly carrier?: string | undefined;
  readonly mode?: 'parcel' | 'ltl' | 'ftl' | 'other' | undefined;
  readonly tracking: readonly string[];
  /** As the newest scan or else the shipment itself says. RFC 3339. */
  readonly estimatedAt?: string | undefined;
  /** First scan that shows it with the carrier, not merely announced to it. */
  readonly firstScanAt?: string | undefined;
  /** When goods were first said to have left in it, and to have arrived. RFC 3339, in UTC. */
  readonly shippedAt?: string | undefined;
  readonly deliveredAt?: string | undefined;
  readonly lastScan?: { readonly at: string; readonly status: Scan['data']['status'] } | undefined;
}

export interface InvoiceState {
  readonly key: string;
  readonly status: 'posted' | 'paid' | 'reversed';
  readonly number?: string | undefined;
  readonly postedAt?: string | undefined;
}

export interface ReturnState {
  readonly key: string;
  readonly status: 'authorized' | 'closed';
}

export interface Documents {
  readonly shipments: readonly ShipmentState[];
  readonly invoices: readonly InvoiceState[];
  readonly returns: readonly ReturnState[];
}

/** What is known of shipments, invoices and returns, each document once, under the root of its keys. */
export function documentsOf(events: readonly OrderEvent[], links: ResolvedLinks): Documents {
  return {
    shipments: shipmentsOf(events, links),
    invoices: invoicesOf(events, links),
    returns: returnsOf(events, links),
  };
}

function shipmentsOf(events: readonly OrderEvent[], links: ResolvedLinks): ShipmentState[] {
  const documents = new Registers<ShipmentState>();
  const scans = new Map<string, Scan[]>();
  for (const event of events) {
    switch (event.type) {
      case 'com.platform.shipment.created.v1':
      case 'com.platform.shipment.updated.v1': {
        const { shipmentKey, carrier, mode, tracking = [], estimatedAt } = event.data;
        const key = links.rootOf('shipment', shipmentKey);
        documents.state(key, stampOf(event), { key, status: 'open', carrier, mode, tracking, estimatedAt });
        break;
      }
      case 'com.platform.shipment.voided.v1': {
        const key = links.rootOf('shipment', event.data.shipmentKey);
        documents.state(key, stampOf(event), { key, status: 'voided', tracking: [] });
        break;
      }
      case 'com.platform.shipment.tracking.v1': {
        const key = links.rootOf('shipment', event.data.shipmentKey);
        scans.set(key, [...(scans.get(key) ?? []), event]);
      }
    }
  }
  const keys = new Set([...documents.sorted().map(([key]) => key), ...scans.keys()]);
  return [...keys]
    .sort()
    .map((key) => withScans(documents.get(key) ?? { key, status: 'open', tracking: [] }, scans.get(key) ?? []));
}

function withScans(shipment: ShipmentState, scans: readonly Scan[]): ShipmentState {
  const inOrder = scans.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : 1));
  const last = inOrder.at(-1);
  if (last === undefined) return shipment;
  const first = inOrder.find(({ data }) => data.status !== 'pre_transit' && data.status !== 'unknown');
  const estimatedAt = inOrder.findLast(({ data }) => data.estimatedAt !== undefined)?.data.estimatedAt;
  return {
    ...shipment,
    estimatedAt: estimatedAt ?? shipment.estimatedAt,
    firstScanAt: first?.time,
    lastScan: { at: last.time, status: last.data.status },
  };
}

function invoicesOf(events: readonly OrderEvent[], links: ResolvedLinks): InvoiceState[] {
  const documents = new Registers<InvoiceState>();
  const posted = new Registers<EventNamed<'invoice.posted'>>();
  for (const event of events) {
    const status = INVOICE_STATUS[event.type as keyof typeof INVOICE_STATUS];
    if (status === undefined) continue;
    const { data } = event as EventNamed<'invoice.posted' | 'invoice.paid' | 'invoice.reversed'>;
    const key = links.rootOf('invoice', data.invoiceKey);
    documents.state(key, stampOf(event), { key, status });
    if (event.type === 'com.platform.invoice.posted.v1') posted.state(key, stampOf(event), event);
  }
  return documents.sorted().map(([key, invoice]) => {
    const post = posted.get(key);
    return { ...invoice, number: post?.data.number, postedAt: post?.time };
  });
}

const INVOICE_STATUS = {
  'com.platform.invoice.posted.v1': 'posted',
  'com.platform.invoice.paid.v1': 'paid',
  'com.platform.invoice.reversed.v1': 'reversed',
} as const;

function returnsOf(events: readonly OrderEvent[], links: ResolvedLinks): ReturnState[] {
  const documents = new Registers<ReturnState>();
  for (const event of events) {
    if (event.type !== 'com.platform.return.authorized.v1' && event.type !== 'com.platform.return.closed.v1') continue;
    const key = links.rootOf('return', event.data.returnKey);
    const status = event.type === 'com.platform.return.closed.v1' ? 'closed' : 'authorized';
    documents.state(key, stampOf(event), { key, status });
  }
  return documents.sorted().map(([, document]) => document);
}
