import type { Message } from './message.ts';
import type { Random } from './random.ts';

/** How senders and networks are, as shares of all messages. */
export interface Mess {
  readonly repeated: number;
  /** Overtaken by what comes after them. */
  readonly overtaken: number;
  readonly delayed: number;
  /** Longest delay in milliseconds. */
  readonly delayMs: number;
  /** Preceded by a copy that no receiver should take. */
  readonly malformed: number;
}

export const USUAL_MESS: Mess = {
  ...{ repeated: 0.05, overtaken: 0.05, delayed: 0.03, delayMs: 24 * 3_600_000, malformed: 0.01 },
};

/** `cut`: the text ends too early. `incomplete`: a field is missing that nothing can be done without. `forged`: not signed by its system. */
export type Flaw = 'cut' | 'incomplete' | 'forged';
const FLAWS: readonly Flaw[] = ['cut', 'incomplete', 'forged'];

/** One arrival of a message. */
export interface Delivery {
  readonly message: Message;
  /** The body as it is sent; of one message always the same, unless it has a flaw. */
  readonly text: string;
  /** When it arrives, in milliseconds since 1970. */
  readonly at: number;
  readonly flaw?: Flaw;
}

/**
 * How the messages arrive: some twice, some late, some after what followed them; and before some of them a copy with a flaw, as the sender tries
 * again with the good one. Each arrives at least once. The first to arrive first.
 */
export function deliveriesOf(messages: readonly Message[], random: Random, mess: Mess = USUAL_MESS): Delivery[] {
  const all = messages.flatMap((message, place) => {
    const text = JSON.stringify(message.body);
    const arrivals: Delivery[] = [];
    let at = message.at + random.whole(50, 900);
    if (random.chance(mess.malformed)) {
      const flaw = random.pick(FLAWS);
      arrivals.push({ message, text: flawed(message, text, flaw), at, flaw });
      at += 30_000;
    }
    if (random.chance(mess.overtaken)) at = Math.max(at, (messages[place + random.whole(1, 3)]?.at ?? at) + 1000);
    if (random.chance(mess.delayed)) at += random.whole(0, mess.delayMs);
    arrivals.push({ message, text, at });
    if (random.chance(mess.repeated)) arrivals.push({ message, text, at: at + random.whole(0, 4 * 3_600_000) });
    return arrivals;
  });
  return all.sort((a, b) => a.at - b.at);
}

const NEEDED = {
  ...{ shop: 'name', crm: 'objectId', wms: 'webhook_type', carrier: 'trackingNumber', finance: 'resource' },
} as const;

function flawed({ system, body }: Message, text: string, flaw: Flaw): string {
  if (flaw === 'forged') return text;
  if (flaw === 'cut') return text.slice(0, Math.floor(text.length / 2));
  const { [NEEDED[system]]: _, ...rest } = (Array.isArray(body) ? body[0] : body) as Record<string, unknown>;
  return JSON.stringify(Array.isArray(body) ? [rest] : rest);
}
