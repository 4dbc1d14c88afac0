import type { Link } from './link.ts';

/**
 * The lowest sequence whose message (and all behind it) on the subject is not older than `time` (milliseconds since 1970), by bisection on the
 * stream's leader; beyond the last when all are older. At least 1, also of a stream that never had a message: there is no sequence 0 to begin at.
 */
export async function firstSince(link: Link, stream: string, subject: string, time: number): Promise<number> {
  link.requireConnected();
  const { state } = await link.jsm.streams.info(stream);
  let [low, high] = [Math.max(1, state.first_seq), state.last_seq + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const message = await link.next(stream, subject, middle);
    if (message !== undefined && message.time.getTime() < time) low = message.seq + 1;
    else high = middle;
  }
  return low;
}
