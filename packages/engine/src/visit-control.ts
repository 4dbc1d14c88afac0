import { errorToJson, FlowError } from '@crossdock/errors';
import {
  type CallConfig,
  SPLIT_IN_PROCESS_LIMIT,
  SPLIT_LIMIT,
  type SplitConfig,
  type StopConfig,
  type WaitConfig,
} from '@crossdock/flow-model';
import { type Attempt, fillConfig } from './attempt.ts';
import { type ChildPlan, childError, childrenOf, startChildren } from './children.ts';
import type { Core } from './core.ts';
import { type Execution, labelOf, opened, sealed } from './execution.ts';
import type { Emission } from './frontier.ts';
import { gather, isJoinComplete, joinConfig } from './join.ts';
import type { EntryWait, FrontierEntry } from './records.ts';
import { timestamp } from './timestamp.ts';
import { resultOfAnswer } from './trial.ts';
import { eventQuery } from './wait-arrivals.ts';

/** Waits up to this long are slept through without a record. */
const SHORT_WAIT_MS = 2_000;

/**
 * What the engine did at one of its own nodes. `leaves`: the payloads go on; `together` leave the frontier with the entry, `iteration`
 * numbers what leaves, `isSimulated` says that it was answered for. `waits`: the entry does. `splits`: its elements run inside the execution. `stops`: nothing else runs.
 */
export type ControlResult =
  | { kind: 'leaves'; emissions: Emission[]; together?: FrontierEntry[]; iteration?: number; isSimulated?: boolean }
  | { kind: 'sleeps'; ms: number }
  | { kind: 'waits'; wait: EntryWait; dueAt?: string }
  | { kind: 'splits'; items: unknown[]; onItemError: SplitConfig['onItemError'] }
  | { kind: 'stops'; error?: FlowError };

type At = Attempt;

/** Works at a node that the engine knows by itself. Throws what is wrong with its settings or its input. */
export async function visitControl(core: Core, at: At): Promise<ControlResult> {
  switch (at.planned.manifest.control) {
    case 'wait':
      return visitWait(core, at);
    case 'join':
      return visitJoin(at);
    case 'split':
      return visitSplit(core, at);
    case 'call':
      return visitCall(core, at);
    default:
      return visitStop(core, at);
  }
}

const leaveBy = (handle: string, payload: unknown): ControlResult => ({
  kind: 'leaves',
  emissions: [{ handle, payload }],
});

async function visitWait(core: Core, at: At): Promise<ControlResult> {
  const { execution, entry, planned } = at;
  const input = execution.payloads.get(entry.inputRef);
  const now = core.ports.clock.now();
  if (entry.wait?.kind === 'time') return leaveBy('out', input);
  const config = (await fillConfig(core, at)) as unknown as WaitConfig;
  const answered = answeredFor(core, at, config);
  if (answered) return answered;
  if (config.for !== 'event') {
    const until = config.for === 'until' ? momentOf(config.until) : now + (config.durationMs ?? 0);
    if (until <= now) return leaveBy('out', input);
    if (until - now <= SHORT_WAIT_MS) return { kind: 'sleeps', ms: until - now };
    return { kind: 'waits', wait: { kind: 'time' }, dueAt: timestamp(until) };
  }
  const wait = entry.wait?.kind === 'event' ? entry.wait : eventWait(core, execution, config);
  const event = await core.ports.events.find(eventQuery(core.ports, execution.address, wait));
  if (event) return leaveBy('out', opened(core.ports, execution, event));
  if (entry.timedOut) {
    if (planned.successors.has('timeout')) return leaveBy('timeout', input);
    throw waitedInVain(at, config.timeoutMs);
  }
  const { timeoutMs } = config;
  const dueAt = entry.dueAt ?? (timeoutMs === undefined ? undefined : timestamp(now + timeoutMs));
  return { kind: 'waits', wait, ...(dueAt === undefined ? {} : { dueAt }) };
}

function eventWait(
  { ports }: Core,
  execution: Execution,
  { key, eventType }: WaitConfig,
): Extract<EntryWait, { kind: 'event' }> {
  if (key === undefined || key === '')
    throw new FlowError('DATA_KEY', { details: { which: 'wait', reason: 'it gives nothing' } });
  const since = execution.snapshot.trigger.receivedAt;
  return {
    kind: 'event',
    key: sealed(ports, execution, String(key)),
    since,
    ...(eventType === undefined ? {} : { eventType }),
  };
}

function momentOf(text: string | undefined): number {
  const moment = Date.parse(text ?? '');
  if (!Number.isNaN(moment)) return moment;
  const reason = `"${text ?? ''}" is no date and time as RFC 3339 writes it`;
  throw new FlowError('CONFIG_INVALID', { details: { what: 'until', reason } });
}

function visitJoin({ execution, planned, entry }: Omit<At, 'span'>): ControlResult {
  const { onTimeout, timeoutMs, mode } = joinConfig(planned);
  if (mode === 'all' && onTimeout === 'fail' && !isJoinComplete(execution, entry))
    throw waitedInVain({ planned }, timeoutMs);
  const { entries, payload, iteration } = gather(execution, planned, entry);
  return { kind: 'leaves', emissions: [{ handle: 'out', payload }], together: entries, iteration };
}

async function visitSplit(core: Core, at: At): Promise<ControlResult> {
  const { execution, planned, entry } = at;
  if (entry.wait?.kind === 'children') {
    const children = await childrenOf(core, execution, entry);
    const isCollecting = (await splitConfig(core, at)).onItemError === 'collect';
    const results = children.map(({ end, payload }) => {
      const error = childError(end);
      if (error && !isCollecting) throw error;
      return error ? { error: errorToJson(error) } : payload;
    });
    return leaveBy('done', results);
  }
  const { items, onItemError } = await splitConfig(core, at);
  const isLeaf = !planned.successors.has('each');
  if (items.length === 0 || isLeaf) return leaveBy('done', items);
  const { itemsInProcess = SPLIT_IN_PROCESS_LIMIT } = core.options;
  if (items.length <= itemsInProcess) return { kind: 'splits', items, onItemError };
  const { flowId, revision } = execution.snapshot;
  const where: ChildPlan = { flowId, revision, nodeId: entry.nodeId };
  await startChildren(core, at, { where, payloads: items, waits: true, asItems: true });
  return { kind: 'waits', wait: { kind: 'children', count: items.length } };
}

async function splitConfig(core: Core, at: At): Promise<{ items: unknown[]; onItemError: SplitConfig['onItemError'] }> {
  const { items, onItemError } = (await fillConfig(core, at)) as unknown as SplitConfig;
  // JSONata gives a list of one as its element.
  const list = items === undefined || items === null ? [] : Array.isArray(items) ? [...items] : [items];
  if (list.length <= SPLIT_LIMIT) return { items: list, onItemError };
  const reason = `${list.length} items are more than ${SPLIT_LIMIT}`;
  throw new FlowError('DATA_SPLIT', { details: { node: labelOf(at.planned.node), reason } });
}

async function visitCall(core: Core, at: At): Promise<ControlResult> {
  const { execution, planned, entry } = at;
  if (entry.wait?.kind === 'children') {
    const [child] = await childrenOf(core, execution, entry);
    if (!child) throw waitedInVain(at, planned.node.timeoutMs);
    const error = childError(child.end);
    if (error) throw error;
    return leaveBy('out', child.payload);
  }
  const config = (await fillConfig(core, at)) as unknown as CallConfig;
  const answered = answeredFor(core, at, config);
  if (answered) return answered;
  const where = await calledFlow(core, execution.address.env, config.flowId);
  const { payload = null, wait } = config;
  const [executionId] = await startChildren(core, at, {
    ...{ where, payloads: [payload], waits: wait, asItems: false },
  });
  if (!wait) return leaveBy('out', { executionId });
  const { timeoutMs } = planned.node;
  const dueAt = timeoutMs === undefined ? {} : { dueAt: timestamp(core.ports.clock.now() + timeoutMs) };
  return { kind: 'waits', wait: { kind: 'children', count: 1 }, ...dueAt };
}

/** What a run on trial says instead; throws its error. An event that nothing is said about is a stand-in. */
function answeredFor(core: Core, at: At, config: WaitConfig | CallConfig): ControlResult | undefined {
  const answer = core.trial?.answer(at.planned, at.span, { ...config });
  if (!answer) return undefined;
  if ('for' in config && config.for === 'event' && Object.keys(answer).length === 0)
    return answeredBy([{ handle: 'out', payload: { simulated: true } }]);
  const result = resultOfAnswer(at, answer);
  if (!result.ok) throw result.error;
  return answeredBy(result.emissions);
}

const answeredBy = (emissions: Emission[]): ControlResult => ({ kind: 'leaves', emissions, isSimulated: true });

/** The trigger of the revision that is active now. */
async function calledFlow({ ports, plans }: Core, env: string, flowId: string): Promise<ChildPlan> {
  const revision = ports.flows.deployed(env, flowId);
  const plan = revision === undefined ? undefined : await plans.get(flowId, revision);
  const trigger = plan?.flow.nodes.find(({ type }) => type === CALLED_TRIGGER);
  if (revision === undefined || !trigger) throw new FlowError('CONFIG_FLOW_NOT_DEPLOYED', { details: { flowId, env } });
  return { flowId, revision, nodeId: trigger.id };
}

/** The trigger type that calls start. */
const CALLED_TRIGGER = 'flow.called';

async function visitStop(core: Core, at: At): Promise<ControlResult> {
  const { as, reason = 'it says no more' } = (await fillConfig(core, at)) as unknown as StopConfig;
  return {
    kind: 'stops',
    ...(as === 'failed' ? { error: new FlowError('RUN_STOPPED', { details: { reason } }) } : {}),
  };
}

function waitedInVain({ planned }: Pick<At, 'planned'>, timeoutMs: number | undefined): FlowError {
  return new FlowError('RUN_WAIT_TIMED_OUT', { details: { node: labelOf(planned.node), timeoutMs } });
}
