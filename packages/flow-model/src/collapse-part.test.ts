import { describe, expect, it } from 'vitest';
import { applyChange } from './apply-change.ts';
import { collapsePart } from './collapse-part.ts';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import type { NodeManifest } from './manifest.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleManifests } from './testing/sample-flow.ts';

const bare = (type: string, more: Partial<NodeManifest>): [string, NodeManifest] => [
  type,
  {
    ...(sampleManifests.get('validate') as NodeManifest),
    type,
    title: type,
    config: { type: 'object', properties: {} },
    ...more,
  },
];
const manifests = new Map([
  ...sampleManifests,
  bare('flow.called', { kind: 'trigger', handles: { in: [], out: ['out'] } }),
  bare('flow.call', {
    config: { type: 'object', properties: { payload: { default: '= $' }, wait: { default: true } } },
  }),
  bare('respond', {}),
  bare('join', { control: 'join' }),
]);
const node = (id: string, type = 'transform', more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type,
  config: type === 'transform' ? { mapping: '$' } : {},
  ...more,
});
const edge = (source: string, target: string, sourceHandle = 'out'): FlowEdge => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});
/** hook → a → b → c → end */
const chain = (nodes: Partial<Record<string, FlowNode>> = {}, edges: readonly FlowEdge[] = []): Flow => ({
  formatVersion: 1,
  id: 'orders',
  name: 'Orders',
  nodes: [
    { id: 'hook', type: 'webhook', config: { path: 'p', method: 'POST' } },
    ...['a', 'b', 'c', 'end'].map((id) => nodes[id] ?? node(id)),
  ],
  edges: [edge('hook', 'a'), edge('a', 'b'), edge('b', 'c'), edge('c', 'end'), ...edges],
  settings: { mask: ['**.email'] },
  layout: { nodes: { hook: { x: 0, y: 0 }, b: { x: 560, y: 40 }, c: { x: 840, y: 40 } } },
});
const collapse = (flow: Flow, ids: readonly string[]) =>
  collapsePart(
    flow,
    ids,
    { id: 'prices', name: 'Prices' },
    manifests,
    new Map(Object.entries(flow.layout?.nodes ?? {})),
  );
const reason = (flow: Flow, ids: readonly string[]) => {
  const answer = collapse(flow, ids);
  return answer.ok ? 'done' : answer.reason;
};

describe('collapsePart', () => {
  it('makes a flow that begins by a call, and calls it in the place of the nodes, as one step', () => {
    const flow = chain();
    const answer = collapse(flow, ['b', 'c']);
    if (!answer.ok) throw new Error(answer.reason);
    expect(answer.subFlow).toMatchObject({
      id: 'prices',
      name: 'Prices',
      nodes: [{ id: 'called', type: 'flow.called' }, { id: 'b' }, { id: 'c' }],
      settings: { mask: ['**.email'] },
      layout: { nodes: { called: { x: 280, y: 40 }, b: { x: 560, y: 40 } } },
    });
    expect(answer.subFlow.edges.map(({ source, target }) => `${source} → ${target}`)).toEqual(['called → b', 'b → c']);
    const { flow: after, inverse } = applyChange(flow, answer.change);
    expect(after.nodes.map(({ id }) => id)).toEqual(['hook', 'a', 'end', answer.callId]);
    expect(after.nodes.at(-1)).toMatchObject({
      type: 'flow.call',
      name: 'Prices',
      config: { flowId: 'prices', payload: '= $', wait: true },
    });
    expect(after.edges.map(({ source, target }) => `${source} → ${target}`)).toEqual([
      'hook → a',
      `a → ${answer.callId}`,
      `${answer.callId} → end`,
    ]);
    expect(after.layout?.nodes[answer.callId]).toEqual({ x: 560, y: 40 });
    expect(serialiseFlow(applyChange(after, inverse).flow)).toBe(serialiseFlow(flow));
  });

  it('takes several edges into one place, and nodes that nothing follows', () => {
    expect(reason(chain({}, [edge('hook', 'b')]), ['b', 'c'])).toBe('done');
    expect(reason(chain(), ['c', 'end'])).toBe('done');
  });

  it.each<[string, Flow, string[], RegExp]>([
    ['nothing', chain(), [], /^Select the nodes/],
    ['a trigger', chain(), ['hook', 'a'], /^A trigger stays with its flow: leave “.+” out/],
    ['an unknown type', chain({ b: node('b', 'gone') }), ['b'], /type of “b” is unknown/],
    ['a node that answers', chain({ c: node('c', 'respond') }), ['b', 'c'], /answers or stops/],
    ['two entries', chain({}, [edge('hook', 'c')]), ['b', 'c'], /lead into the selection in several places/],
    ['two exits', chain({}, [edge('b', 'end')]), ['b', 'c'], /lead out of the selection in several places/],
    ['an end beside the exit', chain({}, [edge('b', 'd')]), ['b', 'c', 'd'], /ends in several places|done/],
    ['nodes apart from each other', chain(), ['a', 'c'], /several places|not behind/],
    ['a join of what comes from outside', chain({ b: node('b', 'join') }), ['b', 'c'], /joins what comes from outside/],
    ['half of a split', chain({ b: node('b', 'split') }, [edge('b', 'end', 'each')]), ['b', 'c'], /for each item/],
    [
      'one of several outputs',
      chain({ c: node('c', 'switch', { config: { cases: [{ id: 'out', condition: 'true' }] } }) }),
      ['b', 'c'],
      /one of several outputs/,
    ],
    [
      'half of an effect and its undoing',
      chain({ b: node('b', 'http.request', { compensate: 'end' }) }),
      ['b'],
      /select both/,
    ],
    [
      'an expression that reads a node outside',
      chain({ b: node('b', 'transform', { config: { mapping: '$nodes.a.x' } }) }),
      ['b', 'c'],
      /\$nodes\.a/,
    ],
    [
      'an expression outside that reads one inside',
      chain({ end: node('end', 'transform', { config: { mapping: '$nodes.b.x' } }) }),
      ['b', 'c'],
      /\$nodes\.b/,
    ],
    ['the trigger', chain({ b: node('b', 'transform', { config: { mapping: '$trigger.x' } }) }), ['b'], /\$trigger/],
  ])('refuses %s, and says what to do', (_what, flow, ids, sentence) => {
    expect(reason(flow, ids)).toMatch(sentence);
  });

  it('takes names of nodes in texts and comments for what they are', () => {
    const mapping = '{ "a": "$nodes.a", "b": 1 /* $trigger, $nodes.a */ }';
    expect(reason(chain({ b: node('b', 'transform', { config: { mapping } }) }), ['b', 'c'])).toBe('done');
  });
});
