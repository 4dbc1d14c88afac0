import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** A trigger that got its 202: from now on it must have its effects. Times are in milliseconds since 1970. */
export interface Accepted {
  /** The hook's environment and path. */
  env: string;
  path: string;
  order: string;
  /** Its place among those of this order, from 1. */
  seq: number;
  executionId: string;
  /** First try and answer. */
  sentAt: number;
  acceptedAt: number;
  tries: number;
}

export interface LoadOptions {
  /** Base address of the ingress. */
  url: string;
  path: string;
  /** Default `dev`. */
  env?: string;
  perSecond: number;
  /** So many orders, whose triggers follow one another; a new order for each trigger when left out. */
  orders?: number;
  /** Added to every payload. */
  extra?: Record<string, unknown>;
  /** Orders begin with it; two loads need two. */
  prefix?: string;
}

export interface Load {
  readonly accepted: readonly Accepted[];
  /** Answers other than 202, by status; `none` where there was no answer. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Triggers that have no 202 yet. */
  open(): number;
  /** Begins no new trigger, and waits until each begun one has its 202, up to `withinMs`. */
  stop(withinMs?: number): Promise<void>;
}

const TRY_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;
const CONNECTIONS = 128;
const TICK_MS = 10;

/** Posts triggers at a steady rate, each again and again until it has its 202, as a careful sender does. One order's triggers wait for each other. */
export function startLoad(options: LoadOptions): Load {
  const { perSecond, orders, prefix = 'o', env = 'dev' } = options;
  const agent = new Agent({ connections: CONNECTIONS });
  const accepted: Accepted[] = [];
  const refusals: Record<string, number> = {};
  const lines = new Map<string, { seq: number; tail: Promise<void> }>();
  const giveUp = new AbortController();
  const startedAt = Date.now();
  let begun = 0;
  let open = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((Date.now() - startedAt) / 1000) * perSecond);
    while (begun < due) begin(begun++);
  }, TICK_MS);

  function begin(number: number): void {
    const order = `${prefix}${orders === undefined ? number : number % orders}`;
    const line = lines.get(order) ?? { seq: 0, tail: Promise.resolve() };
    if (orders !== undefined) lines.set(order, line);
    const seq = ++line.seq;
    open++;
    line.tail = line.tail.then(() => post(order, seq)).finally(() => open--);
  }

  async function post(order: string, seq: number): Promise<void> {
    const sentAt = Date.now();
    const body = JSON.stringify({ order, seq, ...options.extra });
    for (let tries = 1; !giveUp.signal.aborted; tries++) {
      const executionId = await once(body);
      if (executionId !== undefined) {
        accepted.push({ env, path: options.path, order, seq, executionId, sentAt, acceptedAt: Date.now(), tries });
        return;
      }
      await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
    }
  }

  async function once(body: string): Promise<string | undefined> {
    try {
      const answer = await request(`${options.url}/hooks/${env}/${options.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        dispatcher: agent,
        signal: AbortSignal.timeout(TRY_TIMEOUT_MS),
      });
      const text = await answer.body.text();
      if (answer.statusCode === 202) return (JSON.parse(text) as { executionId: string }).executionId;
      refusals[answer.statusCode] = (refusals[answer.statusCode] ?? 0) + 1;
    } catch {
      refusals.none = (refusals.none ?? 0) + 1;
    }
    return undefined;
  }

  return {
    accepted,
    refusals,
    open: () => open,
    async stop(withinMs = 60_000) {
      clearInterval(timer);
      const deadline = Date.now() + withinMs;
      while (open > 0 && Date.now() < deadline) await sleep(TICK_MS);
      giveUp.abort();
      await agent.close();
    },
  };
}
