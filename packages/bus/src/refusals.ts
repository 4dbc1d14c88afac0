import type { RefusalCount, RefusalPort } from './bus.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { REFUSALS_SUBJECT } from './names.ts';

/** Takes what hooks refused to the read model, on the stream of the traces: best effort as they are. */
export function createRefusals(link: Link): RefusalPort {
  return {
    async tell(counts) {
      await link.publish(REFUSALS_SUBJECT, JSON.stringify(counts));
    },
  };
}

/** Reads what `tell` sent; empty when the bytes are none. */
export function decodeRefusals(data: Uint8Array): RefusalCount[] {
  const counts = decodeJson(data);
  return Array.isArray(counts) ? (counts as RefusalCount[]) : [];
}
