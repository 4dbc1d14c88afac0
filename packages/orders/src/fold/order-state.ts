import type { FulfilmentPath } from '../events/schema-parts.ts';
import type { LinkConflict } from '../xref/resolve-links.ts';
import type { Condition } from './conditions.ts';
import type { InvoiceState, ReturnState, ShipmentState } from './documents.ts';
import type { EdiDocuments } from './edi-documents.ts';
import type { Headline, Lifecycle, Stage, Tracks } from './headline.ts';
import type { LineAmounts } from './line-state.ts';
import type { ExceptionState, IssueState } from './open-issues.ts';
import type { Decisions, OrderHead } from './order-head.ts';
import type { QuoteState } from './quote-state.ts';
import type { StageHistory } from './stage-times.ts';

/** Quantities as decimals in text, in the unit `uom`. `net` is what the customer keeps: delivered less returned. */
export type LineQuantities = Readonly<Record<Exclude<keyof LineAmounts, 'saidPicked'> | 'net', string>>;

export interface LineState {
  readonly lineKey: string;
  readonly sku?: string | undefined;
  readonly uom: string;
  readonly path: FulfilmentPath;
  readonly requiresFulfilment: boolean;
  readonly quantities: LineQuantities;
  /** RFC 3339. */
  readonly promisedTo?: string | undefined;
  /** Whether the goods leave or arrive by then; undefined: arrive. */
  readonly promisedBasis?: 'ship' | 'deliver' | undefined;
  readonly backorderPromised?: string | undefined;
}

/** Everything that the events of an order say together. Lists are sorted by key, times are RFC 3339 as the sources wrote them. */
export interface OrderState extends Tracks, StageHistory {
  /** Key of the order; undefined without any event. */
  readonly orderKey: string | undefined;
  /** When the newest of its events was stored. RFC 3339, in UTC. */
  readonly heardAt: string | undefined;
  readonly lifecycle: Lifecycle;
  readonly headline: Headline;
  /** Undefined before the order was received. It moves back when a correction or an amendment takes something away. */
  readonly stage: Stage | undefined;
  readonly isExceptionPending: boolean;
  readonly head: OrderHead | undefined;
  readonly receivedAt: string | undefined;
  readonly decisions: Decisions;
  readonly lines: readonly LineState[];
  readonly quotes: readonly QuoteState[];
  readonly holds: readonly IssueState[];
  readonly exceptions: readonly ExceptionState[];
  readonly edi: EdiDocuments;
  readonly shipments: readonly ShipmentState[];
  readonly invoices: readonly InvoiceState[];
  readonly returns: readonly ReturnState[];
  readonly conditions: readonly Condition[];
  readonly linkConflicts: readonly LinkConflict[];
}
