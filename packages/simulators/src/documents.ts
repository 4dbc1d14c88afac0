import type { Journey } from './journey.ts';
import type { Message, System } from './message.ts';
import { shipmentsWith } from './systems/wms.ts';

/** A document of a system, as it answers who reads it. */
export interface SystemDocument {
  readonly system: System;
  /** Such as `shipments`. */
  readonly type: string;
  readonly id: string;
  readonly document: object;
}

/** The documents of a journey, each as it is at the end; of shipments also those of which the warehouse lost the report. */
export function documentsOf(journey: Journey): SystemDocument[] {
  const told = journey.messages.flatMap((message) => documentIn(message) ?? []);
  const sent = journey.ledger.shipments.flatMap(({ id, tracking }) =>
    shipmentsWith(journey, tracking).map((document) => ({ system: 'wms' as const, type: 'shipments', id, document })),
  );
  return [...new Map([...told, ...sent].map((one) => [`${one.system}/${one.type}/${one.id}`, one])).values()];
}

const TYPE_OF = {
  order: 'orders',
  inbound: 'inbounds',
  tote: 'totes',
  shipment: 'shipments',
  return: 'returns',
} as const;

function documentIn({ system, topic, body }: Message): SystemDocument | undefined {
  const whole = body as Record<string, unknown>;
  switch (system) {
    case 'shop':
      return named(system, topic === 'fulfillments/create' ? 'fulfillments' : 'orders', whole);
    case 'crm': {
      const [change] = body as { objectId: string; propertyValue: string }[];
      const document = { id: change!.objectId, properties: { dealstage: change!.propertyValue } };
      return { system, type: 'deals', id: document.id, document };
    }
    case 'wms': {
      const what = (Object.keys(TYPE_OF) as (keyof typeof TYPE_OF)[]).find((one) => one in whole)!;
      return named(system, TYPE_OF[what], whole[what] as Record<string, unknown>);
    }
    case 'carrier':
      return { system, type: 'packages', id: String(whole.trackingNumber), document: whole };
    case 'finance': {
      const resource = whole.resource as Record<string, unknown>;
      const [type, id] = 'HoldID' in resource ? ['holds', resource.HoldID] : ['invoices', resource.InvoiceID];
      return { system, type: String(type), id: String(id), document: resource };
    }
  }
}

const named = (system: System, type: string, document: Record<string, unknown>): SystemDocument => ({
  ...{ system, type, id: String(document.id), document },
});
