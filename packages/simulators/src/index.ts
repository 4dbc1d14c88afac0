export { type Delivery, deliveriesOf, type Flaw, type Mess, USUAL_MESS } from './delivery.ts';
export { documentsOf, type SystemDocument } from './documents.ts';
export { type Journey, type JourneyOptions, makeJourney } from './journey.ts';
export type { Content, Ledger, LedgerLine, LedgerShipment } from './ledger.ts';
export { type Message, SYSTEMS, type System } from './message.ts';
export { type Random, seeded } from './random.ts';
export { shipmentsWith } from './systems/wms.ts';
export type { LineTruth, OrderTruth } from './truth.ts';
export type { Pace } from './world.ts';
