import type { ExecutionStatus } from '@crossdock/engine';
import type { Flow, FlowNode } from '@crossdock/flow-model';
import { chainFlow, effectNode, mappingNode, triggeredFlow } from './flows.ts';
import type { Faults } from './oracle.ts';

/** A flow whose every moment is a place to die at, and what must come of it all the same. */
export interface SweepScenario {
  /** Also the id of the flow that its triggers are for. */
  name: string;
  flows: Flow[];
  /** Of the targets that its effects go to. */
  faults?: Record<string, Faults>;
  /** Triggers of one order that follow each other; default 1. */
  triggers?: number;
  /** The effects that each trigger has. */
  nodes: string[];
  /** How its executions may end. */
  ends: ExecutionStatus[];
  /** The effects of its triggers must follow their sequence. */
  inOrder?: boolean;
  /** The target knows no keys: the effect may be missing, never done twice. */
  atMostOnce?: boolean;
}

/** The first durable wait: longer than what is waited for in process. */
const durably = { maxAttempts: 3, initialDelayMs: 2100, factor: 1, maxDelayMs: 2100, jitter: 0 };
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});

/** `url` gives the address of a target at the oracle. */
export function sweepScenarios(url: (target: string) => string): SweepScenario[] {
  const effect = (id: string, more: Partial<FlowNode> = {}) => effectNode(id, url(id), more);
  const wait = (config: Record<string, unknown>): FlowNode => ({ id: 'wait', type: 'wait', config });
  return [
    {
      name: 'effects',
      flows: [chainFlow('effects', [mappingNode('map'), effect('first'), mappingNode('again'), effect('last')])],
      nodes: ['first', 'last'],
      ends: ['succeeded'],
    },
    {
      name: 'retry',
      flows: [chainFlow('retry', [effect('first'), effect('fails', { retry: durably }), effect('last')])],
      faults: { fails: { rejectFirst: 1 } },
      nodes: ['first', 'fails', 'last'],
      ends: ['succeeded'],
    },
    {
      name: 'wait',
      flows: [chainFlow('wait', [effect('first'), wait({ for: 'duration', durationMs: 300 }), effect('last')])],
      nodes: ['first', 'last'],
      ends: ['succeeded'],
    },
    { name: 'event', flows: [eventFlow(effect, wait)], nodes: ['first', 'last'], ends: ['succeeded'] },
    { name: 'split', flows: [splitFlow(effect)], nodes: ['each0', 'each1', 'each2', 'last'], ends: ['succeeded'] },
    {
      name: 'call',
      flows: [
        chainFlow('call', [
          { id: 'call', type: 'flow.call', config: { flowId: 'called', payload: '= $trigger', wait: true } },
          effect('last'),
        ]),
        triggeredFlow('called', { type: 'flow.called', config: {} }, [effect('inner')]),
      ],
      nodes: ['inner', 'last'],
      ends: ['succeeded'],
    },
    {
      name: 'lane',
      flows: [chainFlow('lane', [effect('fails', { retry: durably }), effect('last')], { orderingKey: 'order' })],
      faults: { fails: { rejectFirst: 1 } },
      triggers: 2,
      nodes: ['fails', 'last'],
      ends: ['succeeded'],
      inOrder: true,
    },
    {
      name: 'saga',
      flows: [sagaFlow(effect)],
      faults: { refuses: { rejectShare: 1, status: 400 } },
      nodes: ['first', 'second', 'undoFirst', 'undoSecond'],
      ends: ['compensated'],
    },
    {
      name: 'doubt',
      flows: [chainFlow('doubt', [effect('once', { idempotency: 'none', onDoubt: 'ask' })])],
      nodes: ['once'],
      ends: ['succeeded', 'in-doubt'],
      atMostOnce: true,
    },
  ];
}

type Effect = (id: string, more?: Partial<FlowNode>) => FlowNode;

/** One branch waits for what the other emits. */
function eventFlow(effect: Effect, wait: (config: Record<string, unknown>) => FlowNode): Flow {
  const flow = chainFlow('event', [wait({ for: 'event', key: '= $trigger.order', timeoutMs: 60_000 }), effect('last')]);
  const emit: FlowNode = {
    id: 'emit',
    type: 'event.emit',
    config: { type: 'sweep.done.v1', key: '= $trigger.order', data: '= $trigger' },
  };
  flow.nodes.push(effect('first'), emit);
  flow.edges.push(edge('hook', 'out', 'first'), edge('first', 'out', 'emit'));
  return flow;
}

function splitFlow(effect: Effect): Flow {
  const flow = chainFlow('split', [{ id: 'split', type: 'split', config: { items: '= [1, 2, 3]' } }]);
  flow.nodes.push(effect('each'), effect('last'));
  flow.edges.push(edge('split', 'each', 'each'), edge('split', 'done', 'last'));
  return flow;
}

/** The third call is refused for good, so the first two are undone. */
function sagaFlow(effect: Effect): Flow {
  const flow = chainFlow('saga', [
    effect('first', { compensate: 'undoFirst' }),
    effect('second', { compensate: 'undoSecond' }),
    effect('refuses'),
  ]);
  flow.nodes.push(effect('undoFirst'), effect('undoSecond'));
  return flow;
}
