import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Flow } from './document.ts';
import { flowHash } from './flow-hash.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const hashAfter = (change: (flow: Flow) => unknown) => {
  const flow = sampleFlow();
  change(flow);
  return flowHash(flow);
};
const plain = flowHash(sampleFlow());
const first = (flow: Flow) => flow.nodes[0] as Flow['nodes'][number];

describe('flowHash', () => {
  it('is SHA-256 over canonical JSON, in hex', () => {
    const flow: Flow = { formatVersion: 1, id: 'ü', name: 'N', nodes: [], edges: [] };
    const canonical = '{"edges":[],"formatVersion":1,"id":"ü","nodes":[]}';
    expect(flowHash(flow)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it.each<[string, (flow: Flow) => unknown]>([
    ['the layout', (flow) => Object.assign(flow, { layout: undefined })],
    ['tests', (flow) => Object.assign(flow, { tests: [{ name: 't', payload: 1, expect: {} }] })],
    ['samples', (flow) => Object.assign(flow, { samples: [] })],
    ['the name of the flow', (flow) => Object.assign(flow, { name: 'Other' })],
    ['the description of the flow', (flow) => Object.assign(flow, { description: undefined })],
    ['the name of a node', (flow) => Object.assign(first(flow), { name: 'Other' })],
    ['the description of a node', (flow) => Object.assign(first(flow), { description: 'Other' })],
    ['the order of keys', (flow) => Object.assign(first(flow), { config: { method: 'POST', path: 'shop/orders' } })],
  ])('does not change with %s', (_title, change) => {
    expect(hashAfter(change)).toBe(plain);
  });

  it.each<[string, (flow: Flow) => unknown]>([
    ['a config', (flow) => Object.assign(first(flow), { config: { path: 'other' } })],
    ['a node', (flow) => flow.nodes.pop()],
    ['an edge', (flow) => flow.edges.pop()],
    ['a retry policy', (flow) => Object.assign(flow.nodes[3] as object, { retry: { maxAttempts: 1 } })],
    ['a setting', (flow) => Object.assign(flow.settings as object, { dedupeKey: 'id' })],
    ['a name within a config', (flow) => Object.assign(first(flow).config, { name: 'x' })],
  ])('changes with %s', (_title, change) => {
    expect(hashAfter(change)).not.toBe(plain);
  });
});
