import { FlowError } from '@crossdock/errors';
import { DEFAULT_BREAKER, DEFAULT_NODE_TIMEOUT_MS, type RateLimit } from '@crossdock/flow-model';
import type { Core } from './core.ts';
import { labelOf } from './execution.ts';
import type { PlannedNode } from './plan.ts';
import type { ExecutionAddress } from './ports.ts';

/** Longer than its time limit no call goes on, if its worker lives. */
const PROBE_GRACE_MS = 5_000;

/** A call that may be made; `told` hears how it went. */
export interface Passed {
  told(error?: FlowError): Promise<void>;
}

/** Held up: no attempt is made and none is counted. */
export interface HeldUp {
  by: 'breaker' | 'rate-limit';
  waitMs: number;
  error: FlowError;
}

/** A call that a node is about to make with these settings. */
export interface Call {
  address: ExecutionAddress;
  planned: PlannedNode;
  config: Readonly<Record<string, unknown>>;
}

/** What the node says, else what its connection lets all nodes do together. */
export function rateLimitOf({ ports }: Core, { address: { env }, planned: { node } }: Call): RateLimit | undefined {
  if (node.rateLimit !== undefined || node.connection === undefined) return node.rateLimit;
  return ports.connections.limitOf?.(env, node.connection);
}

/** Takes a permit of the remote's rate limit, waiting in a queue for it; undefined when the call may be made. */
export async function takePermit(core: Core, rateLimit: RateLimit, call: Call): Promise<HeldUp | undefined> {
  const verdict = await core.rates.take(scopeOf(call), rateLimit);
  return verdict.pass ? undefined : heldUp('rate-limit', call, verdict.waitMs);
}

/** Asks the remote's circuit breaker. To be asked right before the call: it may be the one call that tries the remote out. */
export async function askBreaker(core: Core, call: Call): Promise<Passed | HeldUp> {
  const { breaker } = call.planned.node;
  if (!breaker) return NO_BREAKER;
  const scope = scopeOf(call);
  const { timeoutMs = DEFAULT_NODE_TIMEOUT_MS } = call.planned;
  const verdict = await core.breakers.ask(scope, timeoutMs + PROBE_GRACE_MS);
  if (!verdict.pass) return heldUp('breaker', call, verdict.waitMs);
  const policy = { ...DEFAULT_BREAKER, ...breaker };
  const { isProbe } = verdict;
  return { told: (error) => core.breakers.told(scope, policy, { isProbe, ...(error ? { error } : {}) }) };
}

const NO_BREAKER: Passed = { told: async () => undefined };

function heldUp(by: HeldUp['by'], { planned }: Call, waitMs: number): HeldUp {
  const details = { remote: labelOf(planned.node), retryAfterMs: Math.round(waitMs) };
  const code = by === 'breaker' ? 'REMOTE_BREAKER_OPEN' : 'REMOTE_RATE_LIMITED';
  return { by, waitMs, error: new FlowError(code, { details }) };
}

/** What the remote is called among workers: its connection, else the host that is called, else the node itself. */
function scopeOf(call: Call): string {
  const { env, flowId } = call.address;
  return `${env}/${remoteOf(call) ?? `node:${flowId}/${call.planned.node.id}`}`;
}

/** The other system that a call goes to: its connection, else the host; undefined where its settings name neither. */
export function remoteOf({
  planned: { node, manifest },
  config,
}: Pick<Call, 'planned' | 'config'>): string | undefined {
  if (node.connection !== undefined) return `connection:${node.connection}`;
  const url = manifest.remote === undefined ? undefined : config[manifest.remote];
  return typeof url === 'string' && URL.canParse(url) ? `host:${new URL(url).host}` : undefined;
}
