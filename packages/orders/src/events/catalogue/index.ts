import { type EventDefinition, type EventType, typeOf } from '../define-event.ts';
import type { EventOf } from '../envelope.ts';
import {
  exceptionAssigned,
  exceptionCleared,
  exceptionCommented,
  exceptionRaised,
  holdPlaced,
  holdReleased,
} from './control.ts';
import * as documents from './documents.ts';
import { entityMerged, xrefLinked, xrefUnlinked } from './identity.ts';
import * as lines from './lines.ts';
import * as order from './order.ts';
import { quoteAccepted, quoteCreated, quoteLost } from './quote.ts';

/** Every event that there is, by group. The order is that of the documents made from it. */
export const eventCatalogue = [
  quoteCreated,
  quoteAccepted,
  quoteLost,
  order.orderReceived,
  order.orderAmended,
  order.orderValidated,
  order.orderRejected,
  order.orderConfirmed,
  order.orderCancelled,
  order.orderClosed,
  lines.lineConfirmed,
  lines.lineAllocated,
  lines.lineDeallocated,
  lines.lineBackordered,
  lines.lineSubstituted,
  lines.linePicked,
  lines.linePacked,
  lines.lineShipped,
  lines.lineDelivered,
  lines.lineInvoiced,
  lines.lineCredited,
  lines.lineCancelled,
  lines.lineReturned,
  lines.lineReceived,
  documents.shipmentCreated,
  documents.shipmentUpdated,
  documents.shipmentVoided,
  documents.shipmentTracking,
  documents.invoicePosted,
  documents.invoicePaid,
  documents.invoiceReversed,
  documents.returnAuthorized,
  documents.returnClosed,
  documents.ediReceived,
  documents.ediSent,
  documents.ediAcknowledged,
  documents.ediRejected,
  holdPlaced,
  holdReleased,
  exceptionRaised,
  exceptionCleared,
  exceptionAssigned,
  exceptionCommented,
  order.promiseChanged,
  xrefLinked,
  xrefUnlinked,
  entityMerged,
  lines.snapshotObserved,
  lines.inventoryObserved,
] as const;

/** A canonical event; `type` says which, and so what `data` holds. */
export type OrderEvent = EventOf<(typeof eventCatalogue)[number]>;
export type OrderEventType = OrderEvent['type'];

const byType: ReadonlyMap<string, EventDefinition> = new Map(
  eventCatalogue.map((definition: EventDefinition) => [typeOf(definition.name), definition]),
);

/** The definition of an event type; undefined for a type that the catalogue does not have. */
export function eventDefinition(type: EventType | string): EventDefinition | undefined {
  return byType.get(type);
}
