export {
  type BusinessCalendar,
  calendarProblems,
  calendarSchema,
  DEFAULT_CALENDAR,
} from './calendar/business-calendar.ts';
export { addWorkingTime, nextCutOff, workingTimeBetween } from './calendar/working-time.ts';
export {
  type CatalogueBreak,
  catalogueBreaks,
  type EventSchemas,
  eventSchemas,
} from './compatibility/catalogue-breaks.ts';
export { type Broken, type SchemaBreak, schemaBreaks } from './compatibility/schema-break.ts';
export { type Fixed, fixedText, readFixed } from './decimal/fixed.ts';
export type { Entity } from './events/catalogue/identity.ts';
export { eventCatalogue, eventDefinition, type OrderEvent, type OrderEventType } from './events/catalogue/index.ts';
export type { FactKind, LineFact } from './events/catalogue/lines.ts';
export type { OrderLine } from './events/catalogue/order.ts';
export { type EventDefinition, type EventGroup, schemaIdOf, typeOf } from './events/define-event.ts';
export { envelopeSchema, exampleEvent } from './events/envelope.ts';
export { checkEvent, type EventProblem, eventProblems } from './events/event-problems.ts';
export { givenEventProblems } from './events/given-event.ts';
export type { FulfilmentPath, Item, Money, Party, Quantity, Ref, Reporter } from './events/schema-parts.ts';
export { compareStamps, identityOf, type Stamp, stampOf } from './events/stamp.ts';
export { CONDITION_CODES, type Condition, type ConditionCode } from './fold/conditions.ts';
export type { InvoiceState, ReturnState, ShipmentState } from './fold/documents.ts';
export type { EdiDocuments, ReceivedDocument, SentDocument } from './fold/edi-documents.ts';
export { type FoldOptions, foldOrder } from './fold/fold-order.ts';
export type { Headline, Lifecycle, Stage } from './fold/headline.ts';
export type { Comment, ExceptionState, IssueState, Severity } from './fold/open-issues.ts';
export type { Decisions, OrderHead } from './fold/order-head.ts';
export type { LineQuantities, LineState, OrderState } from './fold/order-state.ts';
export type { QuoteState } from './fold/quote-state.ts';
export type { StageTime, Wait } from './fold/stage-times.ts';
export { FULFILMENT_STAGES, type FulfilmentStage, type StageProgress } from './fold/stages.ts';
export { NEXT_STEPS, type NextStep, nextSteps } from './next/next-steps.ts';
export { type AsyncApi, asyncApi, asyncApiText, publishedSchemas } from './published/async-api.ts';
export { assignException, type ByHand, commentException, releaseHold, settleException } from './rules/by-hand.ts';
export { type DescribedException, describedExceptions } from './rules/described-exception.ts';
export { causeText, rulesMarkdown } from './rules/docs.ts';
export { type EffectiveRule, effectiveRules, RESOLVE_WITHIN } from './rules/effective-rules.ts';
export { type Evaluation, evaluateRules } from './rules/evaluate-rules.ts';
export { type Cause, type OrderRule, OWNERS, type Span } from './rules/rule.ts';
export {
  type OneRuleSettings,
  type RuleSettings,
  ruleSettingsProblems,
  ruleSettingsSchema,
  taken,
} from './rules/rule-settings.ts';
export { orderRule, orderRules, type RuleCode } from './rules/rule-table.ts';
export { DEFAULT_STATUS_MAPS } from './statuses/default-status-maps.ts';
export {
  MAX_STATUS_ENTRIES,
  MAX_STATUS_LENGTH,
  type StatusEntry,
  statusEntry,
  statusMapProblems,
} from './statuses/status-map.ts';
export { type SubscriptionFilter, wantsEvent, wantsOrderFacts } from './subscriptions/filter.ts';
export {
  type SubscriptionSettings,
  subscriptionProblems,
  subscriptionSettingsSchema,
} from './subscriptions/settings.ts';
export { toBaseUnit, type UnitFactor } from './units/convert.ts';
export { isCanonicalKey, KEY_PREFIXES, lineKeyOf, refKey, refOfKey } from './xref/keys.ts';
export { ORDER_LINK_SOURCE, ORDER_REF_TYPES, type OrderId, orderKeyOf, orderLinkEvent } from './xref/order-link.ts';
export { isLinkStatement, type LinkConflict, type ResolvedLinks, resolveLinks } from './xref/resolve-links.ts';
export { UnionFind } from './xref/union-find.ts';
