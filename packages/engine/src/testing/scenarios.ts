import type { Flow } from '@crossdock/flow-model';
import { idempotencyKey } from '../idempotency-key.ts';
import type { JournalSnapshot } from '../records.ts';
import { type Behaviour, testFlow, unavailable } from './test-nodes.ts';

/** What a schedule runs: flows, how many executions, what happens to them from outside, and what must hold in the end. */
export interface Scenario {
  flows: readonly Flow[];
  /** Lane of the nth trigger. */
  lane?(at: number): string | undefined;
  /** Those behind one that sleeps pass it. */
  passes?: true;
  payload?(at: number): unknown;
  /** Nodes that fail for good; what else may go wrong with calls is the schedule's. */
  fails?(nodeId: string): boolean;
  /** From outside, once for each execution and at a moment of the schedule's choosing. */
  outside?: 'event' | 'cancel';
  /** What a person says of a call in doubt. */
  resolves?: 'done' | 'repeat';
  /** Complaints about one execution that has come to an end. */
  verify(seen: Seen): string[];
  /** Statuses in which an execution may end. */
  ends: readonly JournalSnapshot['status'][];
}

/** What became of one execution that a trigger from outside started. */
export interface Seen {
  snapshot: JournalSnapshot;
  payload: unknown;
  /** Calls applied at targets, by idempotency key. */
  applied(key: string): number;
  /** Calls applied of one node, over the execution and those it started. */
  appliedOf(nodeId: string): number;
  repeats: number;
}

const patient = (initialDelayMs: number) => ({
  maxAttempts: 50,
  initialDelayMs,
  factor: 2,
  maxDelayMs: 8_000,
  jitter: 0,
});

/** Complains unless each of these effects was applied under its key. */
function mustHave({ snapshot, applied }: Seen, effects: readonly [nodeId: string, iteration: number][]): string[] {
  const missing = effects.filter(
    ([nodeId, iteration]) => applied(idempotencyKey(snapshot.executionId, nodeId, iteration)) === 0,
  );
  return missing.map(([nodeId, iteration]) => `${snapshot.executionId} never did ${nodeId} ${iteration}`);
}

function mustEqual(what: string, found: unknown, wanted: unknown): string[] {
  return found === wanted ? [] : [`${what} is ${String(found)}, not ${String(wanted)}`];
}

const retries: Scenario = {
  flows: [
    testFlow(
      {
        hook: 'trigger',
        map: 'pure',
        a: { type: 'effect', retry: patient(600) },
        b: { type: 'effect', retry: patient(1_500) },
        c: { type: 'effect', retry: patient(3_000) },
      },
      ['hook>map', 'map>a', 'a>b', 'map>c', 'b>c'],
    ),
  ],
  ends: ['succeeded'],
  verify: (seen) =>
    mustHave(seen, [
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['c', 1],
    ]),
};

const lanes: Scenario = {
  flows: [
    testFlow(
      { hook: 'trigger', a: { type: 'effect', retry: patient(1_500) }, b: { type: 'effect', retry: patient(3_000) } },
      ['hook>a', 'a>b'],
    ),
  ],
  lane: (at) => (at % 3 === 2 ? 'y' : 'x'),
  ends: ['succeeded'],
  verify: (seen) =>
    mustHave(seen, [
      ['a', 0],
      ['b', 0],
    ]),
};

/** Those behind one that sleeps pass it. */
const passedLanes: Scenario = {
  ...lanes,
  flows: lanes.flows.map((flow) => ({ ...flow, settings: { ...flow.settings, orderingBehindWaiting: 'pass' } })),
  passes: true,
};

/** Cancelling one leaves those behind it alone. */
const cancelledLanes: Scenario = {
  ...lanes,
  lane: () => 'x',
  outside: 'cancel',
  ends: ['succeeded', 'cancelled'],
  verify: (seen) => {
    const { executionId, status } = seen.snapshot;
    if (status !== 'cancelled') return lanes.verify(seen);
    const wasAsked = (seen.payload as { at: number }).at % 2 === 1;
    return wasAsked ? [] : [`${executionId} was cancelled and nobody asked for it`];
  },
};

const waits: Scenario = {
  flows: [
    testFlow(
      {
        hook: 'trigger',
        a: { type: 'effect', retry: patient(1_500) },
        w: { type: 'wait', config: { for: 'event', key: '= $trigger.key', timeoutMs: 20_000 } },
        j: 'join',
        z: { type: 'effect', retry: patient(1_500) },
        late: { type: 'effect', retry: patient(1_500) },
      },
      ['hook>a', 'hook>w', 'a>j', 'w>j', 'w.timeout>late', 'late>j', 'j>z'],
    ),
  ],
  payload: (at) => ({ key: `k${at}` }),
  outside: 'event',
  ends: ['succeeded'],
  verify: (seen) => [
    ...mustHave(seen, [['a', 0]]),
    ...mustEqual(
      `${seen.snapshot.executionId}: times that the join went on`,
      seen.snapshot.spans.filter(({ nodeId, status }) => nodeId === 'j' && status === 'succeeded').length,
      1,
    ),
    ...mustEqual(`${seen.snapshot.executionId}: keys of z`, Math.min(1, seen.appliedOf('z')), 1),
  ],
};

const children: Scenario = {
  flows: [
    testFlow(
      {
        hook: 'trigger',
        s: { type: 'split', config: { items: '= items' } },
        a: { type: 'effect', retry: patient(1_500) },
        c: { type: 'call', config: { flowId: 'callee' } },
        z: { type: 'effect', retry: patient(1_500) },
      },
      ['hook>s', 's.each>a', 'a>c', 's.done>z'],
    ),
    testFlow({ called: 'flow.called', b: { type: 'effect', retry: patient(3_000) } }, ['called>b'], { id: 'callee' }),
  ],
  payload: (at) => ({ items: at % 2 === 0 ? ['x', 'y'] : ['x', 'y', 'z', 'q'] }),
  ends: ['succeeded'],
  verify: (seen) => {
    const { length } = (seen.payload as { items: unknown[] }).items;
    return [
      ...mustHave(seen, [['z', 0]]),
      ...mustEqual(`${seen.snapshot.executionId}: elements done`, seen.appliedOf('a'), length),
      ...mustEqual(`${seen.snapshot.executionId}: calls done`, seen.appliedOf('b'), length),
    ];
  },
};

const sagas: Scenario = {
  flows: [
    testFlow(
      {
        hook: 'trigger',
        reserve: { type: 'effect', retry: patient(1_500), compensate: 'release' },
        book: { type: 'effect', retry: patient(3_000), compensate: 'unbook' },
        bill: { type: 'effect', retry: patient(1_500) },
        release: { type: 'effect', retry: patient(1_500) },
        unbook: { type: 'effect', retry: patient(3_000) },
      },
      ['hook>reserve', 'reserve>book', 'book>bill'],
    ),
  ],
  fails: (nodeId) => nodeId === 'bill',
  outside: 'cancel',
  ends: ['compensated', 'cancelled'],
  verify: (seen) => {
    const { snapshot, applied } = seen;
    const { executionId } = snapshot;
    return [
      ['reserve', 'release'],
      ['book', 'unbook'],
    ].flatMap(([done = '', undo = '']) => {
      const isDone = applied(idempotencyKey(executionId, done, 0)) > 0;
      const isUndone = applied(idempotencyKey(executionId, undo, 0, done)) > 0;
      return isDone && !isUndone ? [`${executionId} did ${done} and never ${undo}`] : [];
    });
  },
};

const doubts: Scenario = {
  flows: [
    testFlow(
      {
        hook: 'trigger',
        a: { type: 'effect', retry: patient(1_500) },
        pay: { type: 'effect', idempotency: 'none' },
        z: { type: 'effect', retry: patient(1_500) },
      },
      ['hook>a', 'a>pay', 'pay>z'],
    ),
  ],
  resolves: 'done',
  ends: ['succeeded'],
  verify: (seen) => [
    ...mustHave(seen, [
      ['a', 0],
      ['z', 0],
    ]),
    ...(seen.applied(idempotencyKey(seen.snapshot.executionId, 'pay', 0)) > 1 + seen.repeats
      ? [`${seen.snapshot.executionId} paid twice`]
      : []),
  ],
};

/** Every kind of work whose durability the simulation tries. */
export const scenarios = {
  retries,
  lanes,
  passedLanes,
  cancelledLanes,
  waits,
  children,
  sagas,
  doubts,
  repeats: { ...doubts, resolves: 'repeat' },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** How calls behave: pure nodes hand on, targets fail now and then, some for good. */
export function behaviourOf(scenario: Scenario, target: (call: Parameters<Behaviour>[0]) => Promise<void>): Behaviour {
  return async (call) => {
    if (call.nodeId === 'map') return undefined;
    await target(call);
    if (scenario.fails?.(call.nodeId)) throw Object.assign(unavailable(), { code: 'REMOTE_REJECTED' });
    return undefined;
  };
}
