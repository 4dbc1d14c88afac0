import type { OrderEvent } from '../events/catalogue/index.ts';
import { stampOf } from '../events/stamp.ts';
import { Registers } from './register.ts';

export interface QuoteState {
  readonly key: string;
  readonly status: 'created' | 'accepted' | 'lost';
  /** When it came to that. RFC 3339. */
  readonly since: string;
  readonly validUntil?: string | undefined;
}

/**
 * The quotes that came before the order, by key. One is accepted or lost by whichever was said last; that it was created says nothing about
 * how it ended, however late it comes.
 */
export function quotesOf(events: readonly OrderEvent[]): QuoteState[] {
  const created = new Registers<QuoteState>();
  const ended = new Registers<QuoteState>();
  for (const event of events) {
    switch (event.type) {
      case 'com.platform.quote.created.v1': {
        const { quoteKey: key, validUntil } = event.data;
        created.state(key, stampOf(event), { key, status: 'created', since: event.time, validUntil });
        break;
      }
      case 'com.platform.quote.accepted.v1':
      case 'com.platform.quote.lost.v1': {
        const key = event.data.quoteKey;
        const status = event.type === 'com.platform.quote.lost.v1' ? 'lost' : 'accepted';
        ended.state(key, stampOf(event), { key, status, since: event.time });
      }
    }
  }
  const keys = new Set([...created.sorted(), ...ended.sorted()].map(([key]) => key));
  return [...keys].sort().map((key) => {
    const offer = created.get(key);
    return { ...offer, ...(ended.get(key) ?? offer!), validUntil: offer?.validUntil };
  });
}
