import { describe, expect, it } from 'vitest';
import { applyChange } from './apply-change.ts';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { canReplaceType, replaceType } from './replace-type.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow, sampleManifests } from './testing/sample-flow.ts';

const manifest = (type: string) => {
  const found = sampleManifests.get(type);
  if (!found) throw new Error(`no manifest ${type}`);
  return found;
};
const replace = (flow: Flow, nodeId: string, type: string) => {
  const replaced = replaceType(flow, nodeId, manifest(type), sampleManifests);
  if (!replaced) throw new Error('not replaced');
  const { flow: after, inverse } = applyChange(flow, replaced.change);
  return { after, inverse, dropped: replaced.dropped, node: after.nodes.find(({ id }) => id === nodeId) };
};
const node = (id: string, type: string, more: Partial<FlowNode> = {}): FlowNode => ({ id, type, config: {}, ...more });
const edge = (id: string, source: string, sourceHandle: string, target: string): FlowEdge => ({
  id,
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});

describe('replaceType', () => {
  it('keeps id, names, place, edges and what protects the node, and names the settings that go', () => {
    const { after, node: replaced, dropped } = replace(sampleFlow(), 'erp', 'validate');
    expect(replaced).toEqual({
      id: 'erp',
      type: 'validate',
      config: {},
      retry: sampleFlow().nodes[3]?.retry,
      timeoutMs: 10000,
      onError: 'stop',
    });
    expect(dropped).toEqual({ fields: ['method', 'url', 'body'], edges: 0 });
    expect(after.edges).toEqual(sampleFlow().edges);
    expect(after.layout).toEqual(sampleFlow().layout);
  });

  it('takes over settings of the same name that the new type takes as they are, and defaults for the others', () => {
    const flow: Flow = {
      ...sampleFlow(),
      nodes: [node('a', 'unknown.call', { config: { url: '= $vars.erpUrl', method: 'PURGE', body: { a: 1 } } })],
      edges: [],
    };
    const { node: replaced, dropped } = replace(flow, 'a', 'http.request');
    expect(replaced?.config).toEqual({ url: '= $vars.erpUrl', method: 'GET', body: { a: 1 } });
    expect(dropped.fields).toEqual(['method']);
  });

  it('drops what only calls have from a node that makes none', () => {
    const flow = sampleFlow();
    flow.nodes[3] = {
      ...(flow.nodes[3] as FlowNode),
      idempotency: 'none',
      breaker: { failures: 3 },
      connection: 'erp',
    };
    const { node: replaced, dropped } = replace(flow, 'erp', 'transform');
    expect(Object.keys(replaced ?? {})).toEqual(expect.not.arrayContaining(['idempotency', 'breaker', 'connection']));
    expect(dropped.fields).toEqual(expect.arrayContaining(['idempotency', 'breaker', 'connection']));
  });

  it('leads edges of the one handle that is gone to the first new one, and drops those of several', () => {
    const cases = [
      { id: 'big', condition: 'true' },
      { id: 'small', condition: 'true' },
    ];
    const nodes = [node('s', 'switch', { config: { cases } }), node('x', 'transform'), node('y', 'transform')];
    const one: Flow = { ...sampleFlow(), nodes, edges: [edge('e1', 's', 'big', 'x'), edge('e2', 's', 'big', 'y')] };
    const led = replace(one, 's', 'transform');
    expect(led.after.edges.map(({ sourceHandle }) => sourceHandle)).toEqual(['out', 'out']);
    const two: Flow = { ...one, edges: [edge('e1', 's', 'big', 'x'), edge('e2', 's', 'small', 'y')] };
    const cut = replace(two, 's', 'transform');
    expect(cut.after.edges).toEqual([]);
    expect(cut.dropped.edges).toBe(2);
  });

  it('is one step that undo takes back to the byte', () => {
    for (const type of ['transform', 'validate', 'switch', 'split', 'http.request']) {
      const { after, inverse } = replace(sampleFlow(), 'map', type);
      expect(serialiseFlow(applyChange(after, inverse).flow)).toBe(serialiseFlow(sampleFlow()));
    }
  });

  it('answers nothing for a node that is not there', () => {
    expect(replaceType(sampleFlow(), 'gone', manifest('transform'), sampleManifests)).toBeUndefined();
  });
});

describe('canReplaceType', () => {
  it.each([
    ['webhook', 'schedule', true],
    ['transform', 'http.request', true],
    ['webhook', 'transform', false],
    ['transform', 'webhook', false],
    ['transform', 'transform', false],
  ])('%s by %s: %s', (from, to, answer) => {
    expect(canReplaceType(manifest(from), manifest(to))).toBe(answer);
  });
});
