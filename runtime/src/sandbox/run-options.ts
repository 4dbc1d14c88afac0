/** Journeys to be played, and to whom they are told. */
export interface RunOptions {
  /** Another seed, other journeys. */
  readonly seed: number;
  /** Number of the first order. */
  readonly from: number;
  readonly count: number;
  /** Messages a second. */
  readonly perSecond: number;
  /** Address before the systems' paths, such as `http://127.0.0.1:4400/hooks/dev/systems`. */
  readonly hooks: string;
  /** The secret of all hooks, as Standard Webhooks writes it: `whsec_…`. */
  readonly secret: string;
  /** Milliseconds since 1970 at which the first journey begins. */
  readonly startAt: number;
  /** Least and most seconds from one thing to the next. */
  readonly secondsApart: readonly [number, number];
}

const MOST_JOURNEYS = 5000;
const SECRET = /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/;

/** Reads the body of `POST /journeys`, or gives a sentence on what is wrong with it. */
export function readRunOptions(body: unknown, nowMs: number): RunOptions | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'the body must be a JSON object';
  const given = body as Record<string, unknown>;
  const {
    hooks,
    secret,
    seed = 1,
    from = 1,
    count = 1,
    perSecond = 20,
    secondsApart = [1, 3],
    startAt = nowMs - 60_000,
    ...unknown
  } = given;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) return `unknown field "${stranger}"`;
  if (typeof hooks !== 'string' || !/^https?:\/\//.test(hooks) || !URL.canParse(hooks))
    return 'hooks must be an address such as "http://127.0.0.1:4400/hooks/dev/systems"';
  if (typeof secret !== 'string' || !SECRET.test(secret))
    return 'secret must be that of the hooks, "whsec_" and base64';
  const [least, most] = Array.isArray(secondsApart) ? secondsApart : [];
  const problem =
    outside('seed', seed, 0, 2000) ??
    outside('from', from, 1, 900_000) ??
    outside('count', count, 1, MOST_JOURNEYS) ??
    outside('perSecond', perSecond, 1, 1000) ??
    outside('startAt', startAt, 0, Number.MAX_SAFE_INTEGER) ??
    outside('secondsApart[0]', least, 1, 86_400) ??
    outside('secondsApart[1]', most, Number(least), 86_400);
  if (problem) return problem;
  return { hooks, secret, seed, from, count, perSecond, startAt, secondsApart: [least, most] } as RunOptions;
}

function outside(name: string, value: unknown, least: number, most: number): string | undefined {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return undefined;
  return `${name} must be a whole number from ${least} to ${most}`;
}
