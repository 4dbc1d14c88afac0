import type { Flow } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { outlineOf } from './flow-picture.ts';

const flow: Flow = {
  formatVersion: 1,
  id: 'f',
  name: 'F',
  nodes: [
    { id: 'a', type: 'webhook', config: {} },
    { id: 'b', type: 'http.request', config: {} },
  ],
  edges: [
    { id: 'e1', source: 'a', sourceHandle: 'out', target: 'b', targetHandle: 'in' },
    { id: 'e2', source: 'b', sourceHandle: 'error', target: 'gone', targetHandle: 'in' },
  ],
  layout: { nodes: { a: { x: -400, y: 200 }, b: { x: -120, y: 280 } } },
};

describe('outlineOf', () => {
  it('draws cards and lines from 0 on, wherever the flow stands on its canvas', () => {
    const outline = outlineOf(flow);
    expect(outline).toMatchObject({ width: 200 + 280 + 32, height: 56 + 80 + 32 });
    expect(outline?.cards).toEqual([
      { nodeId: 'a', x: 16, y: 16 },
      { nodeId: 'b', x: 296, y: 96 },
    ]);
    expect(outline?.lines).toEqual([{ edgeId: 'e1', path: 'M216 44C256 44 256 124 296 124', isError: false }]);
  });

  it('draws flows without a layout, and nothing of a flow without nodes', () => {
    const { layout: _layout, ...plain } = flow;
    expect(outlineOf(plain)?.cards).toHaveLength(2);
    expect(outlineOf({ ...flow, nodes: [] })).toBeUndefined();
  });
});
