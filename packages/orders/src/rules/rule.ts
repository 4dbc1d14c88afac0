import type { ConditionCode } from '../fold/conditions.ts';
import type { Stage } from '../fold/headline.ts';
import type { Severity } from '../fold/open-issues.ts';

export const COUNTINGS = ['clock', 'working-hours', 'working-days'] as const;

/**
 * A length of time. By the clock, which is the default; in hours that the calendar works; or in days that it works, from midnight to midnight,
 * so that weekends and holidays do not count.
 */
export interface Span {
  readonly minutes: number;
  readonly counting?: (typeof COUNTINGS)[number] | undefined;
}

export const OWNERS = [
  'integration',
  'planning',
  'finance',
  'warehouse',
  'logistics',
  'support',
  'edi',
  'sales ops',
  'inventory',
] as const;

/** What makes an exception. The kinds are all that there are; each says what is seen and for how long before it alarms. */
export type Cause =
  /** The order, or goods of it, came to one stage and is not at the other in time. */
  | {
      readonly kind: 'stage';
      readonly from: Stage;
      readonly to: Stage;
      readonly within: Span;
      /** Nothing alarms once the first goods are there. */
      readonly isBegunEnough?: true;
      /** Not while a hold is open or before `releaseAt`; time counts anew from then. */
      readonly isPatient?: true;
    }
  /** The promised date is near, and not all is allocated. */
  | {
      readonly kind: 'promise near';
      readonly before: Span;
      readonly isBegunEnough?: true;
      readonly isPatient?: true;
      /** Only of orders of which the customer takes no part shipments. */
      readonly isForShipComplete?: true;
    }
  /** The promised date is over, or what is known of the way says that it will be missed. */
  | { readonly kind: 'promise missed'; readonly by: 'now' | 'estimate' }
  /** A hold of this code is open. */
  | { readonly kind: 'hold'; readonly code: string; readonly within: Span }
  /** A shipment left and no scan shows it with the carrier. */
  | { readonly kind: 'first scan'; readonly within: Span; readonly byMode?: Readonly<Record<string, Span>> }
  /** A shipment is on its way and the carrier scans it no more. */
  | { readonly kind: 'next scan'; readonly within: Span }
  /** An EDI document was sent and its partner does not answer. Of these documents, or of all but those. */
  | {
      readonly kind: 'answer';
      readonly documents: { readonly only: readonly string[] } | { readonly except: readonly string[] };
      readonly within: Span;
      readonly byPartner?: Readonly<Record<string, Span>>;
    }
  /** A partner refused an EDI document, and it was not sent again. */
  | { readonly kind: 'refusal' }
  /** An EDI document was sent and what should follow did not come by the cut-off. */
  | { readonly kind: 'reply'; readonly to: string; readonly by: string }
  /** A shipment left and its customer was not told by such a document. */
  | {
      readonly kind: 'notice';
      readonly documents: readonly string[];
      readonly within: Span;
      readonly byPartner?: Readonly<Record<string, Span>>;
    }
  /** Something about the order does not add up, and did not pass by itself. */
  | { readonly kind: 'condition'; readonly code: ConditionCode; readonly within: Span }
  /** Who sees it says so with `exception.raised`, and clears it; nothing here follows from the order and the time. */
  | { readonly kind: 'reported'; readonly by: string; readonly isAboutOrder: boolean };

/** What needs a person, as data. */
export interface OrderRule {
  readonly code: string;
  /** A few words, for lists. */
  readonly title: string;
  /** What is wrong, as a sentence. */
  readonly text: string;
  /** Any of these. */
  readonly causes: readonly Cause[];
  readonly severity: Severity;
  /** Who is to see to it: one of `OWNERS`, or whom the settings name. */
  readonly owner: string;
  /** What makes it pass, as a sentence. */
  readonly clears: string;
  /** What to do first, as a sentence. */
  readonly action: string;
  /** Only where the settings turn it on. */
  readonly isOffByDefault?: true;
  /** Another stage from which time may count, by policy. */
  readonly mayCountFrom?: Stage;
}
