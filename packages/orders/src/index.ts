export type { Entity } from './events/catalogue/identity.ts';
export { eventCatalogue, eventDefinition, type OrderEvent, type OrderEventType } from './events/catalogue/index.ts';
export type { FactKind, LineFact } from './events/catalogue/lines.ts';
export type { OrderLine } from './events/catalogue/order.ts';
export { type EventDefinition, type EventGroup, schemaIdOf, typeOf } from './events/define-event.ts';
export { envelopeSchema, exampleEvent } from './events/envelope.ts';
export { checkEvent, type EventProblem, eventProblems } from './events/event-problems.ts';
export type { FulfilmentPath, Item, Money, Party, Quantity, Ref, Reporter } from './events/schema-parts.ts';
