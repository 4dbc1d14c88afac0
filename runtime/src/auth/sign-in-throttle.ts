import { FlowError } from '@crossdock/errors';

const FREE_FAILURES = 5;
const LONGEST_WAIT_MS = 15 * 60_000;
const MAX_ENTRIES = 10_000;

interface Failures {
  count: number;
  blockedUntil: number;
  forgetAt: number;
}

/**
 * Slows down guessing of passwords: after five failures for one e-mail from one address each further try has to wait twice as long as the one
 * before, up to 15 minutes. In memory, per process; the oldest entries go first.
 */
export class SignInThrottle {
  readonly #failures = new Map<string, Failures>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Counts a try as failed until `succeeded` says otherwise, so that parallel tries count too. Throws `API_RATE_LIMITED`. */
  begin(email: string, address: string): void {
    const key = keyOf(email, address);
    const now = this.#now();
    const known = this.#failures.get(key);
    const past = known && known.forgetAt > now ? known : { count: 0, blockedUntil: 0, forgetAt: 0 };
    if (past.blockedUntil > now) {
      const retryAfterS = Math.ceil((past.blockedUntil - now) / 1000);
      throw new FlowError('API_RATE_LIMITED', { details: { retryAfterS } });
    }
    const count = past.count + 1;
    const waitMs = count < FREE_FAILURES ? 0 : Math.min(1000 * 2 ** (count - FREE_FAILURES), LONGEST_WAIT_MS);
    this.#failures.delete(key);
    this.#failures.set(key, { count, blockedUntil: now + waitMs, forgetAt: now + LONGEST_WAIT_MS + waitMs });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MAX_ENTRIES && !oldest.done) this.#failures.delete(oldest.value);
  }

  succeeded(email: string, address: string): void {
    this.#failures.delete(keyOf(email, address));
  }
}

function keyOf(email: string, address: string): string {
  return `${email.trim().toLowerCase()} ${address}`;
}
