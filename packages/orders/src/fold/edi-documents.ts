import type { OrderEvent } from '../events/catalogue/index.ts';
import { stampOf } from '../events/stamp.ts';
import { Registers } from './register.ts';

type EventNamed<Name extends string> = Extract<OrderEvent, { type: `com.platform.${Name}.v1` }>;
type Answer = EventNamed<'edi.acknowledged' | 'edi.rejected'>;

/** An EDI document that was sent about the order, and what the partner said to it. */
export interface SentDocument {
  readonly partner: string;
  readonly control: string;
  /** Transaction set or message type, such as 940. */
  readonly document?: string | undefined;
  /** Key of what it is about, such as a shipment. */
  readonly about?: string | undefined;
  /** When it was sent; undefined where only the answer is known. RFC 3339. */
  readonly sentAt?: string | undefined;
  readonly answer?: 'acknowledged' | 'rejected' | undefined;
  readonly answeredAt?: string | undefined;
  /** Why it was refused. */
  readonly reason?: string | undefined;
}

/** An EDI document that came in about the order. */
export interface ReceivedDocument {
  readonly partner: string;
  readonly document?: string | undefined;
  readonly about?: string | undefined;
  /** RFC 3339. */
  readonly receivedAt: string;
}

export interface EdiDocuments {
  readonly sent: readonly SentDocument[];
  readonly received: readonly ReceivedDocument[];
}

/**
 * Documents that were sent, by partner and control number, and that came in: an interchange may hold several. Each once, sorted. Of several
 * answers the last counts.
 */
export function ediDocumentsOf(events: readonly OrderEvent[]): EdiDocuments {
  const sent = new Registers<SentDocument>();
  const answers = new Registers<Answer>();
  const received = new Registers<ReceivedDocument>();
  for (const event of events) {
    switch (event.type) {
      case 'com.platform.edi.sent.v1': {
        const { partner, control, document, about } = event.data;
        sent.state(nameOf(event.data), stampOf(event), { partner, control, document, about, sentAt: event.time });
        break;
      }
      case 'com.platform.edi.acknowledged.v1':
      case 'com.platform.edi.rejected.v1':
        answers.state(nameOf(event.data), stampOf(event), event);
        break;
      case 'com.platform.edi.interchange.received.v1': {
        const { partner, document, about } = event.data;
        const name = [nameOf(event.data), document, about].join('\n');
        received.state(name, stampOf(event), { partner, document, about, receivedAt: event.time });
      }
    }
  }
  const names = new Set([...sent.sorted(), ...answers.sorted()].map(([name]) => name));
  return {
    sent: [...names].sort().map((name) => withAnswer(sent.get(name), answers.get(name))),
    received: received.sorted().map(([, document]) => document),
  };
}

const nameOf = ({ partner, control }: { partner: string; control: string }): string => `${partner}\n${control}`;

function withAnswer(document: SentDocument | undefined, answer: Answer | undefined): SentDocument {
  if (answer === undefined) return document!;
  const { partner, control, document: type, about } = answer.data;
  const isAcknowledged = answer.type === 'com.platform.edi.acknowledged.v1';
  return {
    ...(document ?? { partner, control, document: type, about }),
    answer: isAcknowledged ? 'acknowledged' : 'rejected',
    answeredAt: answer.time,
    reason: isAcknowledged ? undefined : answer.data.reason,
  };
}
