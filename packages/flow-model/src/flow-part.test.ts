import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange } from './apply-change.ts';
import type { Flow } from './document.ts';
import { extractPart, pastePart } from './flow-part.ts';
import { renameNodeReferences } from './node-references.ts';
import { parseFlow } from './parse-flow.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow, sampleManifests } from './testing/sample-flow.ts';
import { validateFlow } from './validate-flow.ts';

const NOWHERE = new Map();
const other: Flow = { formatVersion: 1, id: 'other', name: 'Other', nodes: [], edges: [] };
const paste = (into: Flow, part: Flow) => {
  const { change, nodeIds } = pastePart(into, part, NOWHERE, sampleManifests);
  return { nodeIds, ...applyChange(into, change) };
};

describe('extractPart', () => {
  it('takes the nodes, the edges among them and their places, and nothing else', () => {
    const part = extractPart(sampleFlow(), ['map', 'chk']);
    expect(part.nodes.map(({ id }) => id)).toEqual(['map', 'chk']);
    expect(part.edges.map(({ id }) => id)).toEqual(['e2']);
    expect(part.layout).toEqual({ nodes: { map: { x: 240, y: 0 } } });
    expect(Object.keys(part)).toEqual(['formatVersion', 'id', 'name', 'nodes', 'edges', 'layout']);
  });
});

describe('pastePart', () => {
  it('takes along what the mappings are to make', () => {
    const target = { example: { orderNo: '#1' } };
    const flow = applyChange(sampleFlow(), { kind: 'setTarget', nodeId: 'map', target }).flow;
    expect(extractPart(flow, ['chk']).layout?.targets).toBeUndefined();
    const pasted = paste(flow, parseFlow(serialiseFlow(extractPart(flow, ['map', 'chk']))));
    expect(pasted.flow.layout?.targets).toEqual({ map: target, [pasted.nodeIds[0] as string]: target });
  });

  const anyIds = fc.subarray(['hook', 'map', 'chk', 'erp']);

  it('keeps ids unique and edges whole, and is undone to the byte, however often and whatever is pasted, through text too', () => {
    fc.assert(
      fc.property(anyIds, fc.array(anyIds, { maxLength: 4 }), fc.boolean(), (first, more, elsewhere) => {
        let flow = elsewhere ? other : sampleFlow();
        for (const nodeIds of [first, ...more]) {
          const part = parseFlow(serialiseFlow(extractPart(sampleFlow(), nodeIds)));
          const pasted = paste(flow, part);
          expect(serialiseFlow(applyChange(pasted.flow, pasted.inverse).flow)).toBe(serialiseFlow(flow));
          expect(pasted.flow.nodes).toHaveLength(flow.nodes.length + part.nodes.length);
          expect(pasted.flow.edges).toHaveLength(flow.edges.length + part.edges.length);
          const codes = validateFlow(pasted.flow, { manifests: sampleManifests, checkMapping: () => undefined });
          expect(codes.filter(({ code }) => code === 'FLOW_DUPLICATE_ID' || code === 'FLOW_EDGE_DANGLING')).toEqual([]);
          flow = pasted.flow;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the ids where they are free', () => {
    expect(paste(other, extractPart(sampleFlow(), ['map', 'chk'])).nodeIds).toEqual(['map', 'chk']);
    expect(paste(sampleFlow(), extractPart(sampleFlow(), ['map', 'chk'])).nodeIds).toEqual(['map2', 'chk2']);
  });

  it('counts on from a number instead of adding another digit, and gives a sound id for one that no node can have', () => {
    const twice = { ...other, nodes: [{ id: 'map2', type: 'transform', config: {} }] };
    expect(paste(twice, twice).nodeIds).toEqual(['map']);
    const odd = { ...other, nodes: [{ id: 'über / alles', type: 'transform', config: {} }] };
    expect(paste(other, odd).nodeIds).toEqual(['beralles']);
  });

  it('lets expressions, mappings and compensation follow to the copies', () => {
    const flow = sampleFlow();
    flow.nodes[3] = {
      ...(flow.nodes[3] as (typeof flow.nodes)[0]),
      config: { method: 'POST', url: '= $nodes.map.url & "$nodes.map"', body: '= $nodes.hook' },
      compensate: 'chk',
    };
    const { flow: pasted } = paste(flow, extractPart(flow, ['map', 'chk', 'erp']));
    const copy = pasted.nodes.find(({ id }) => id === 'erp2');
    expect(copy).toMatchObject({
      config: { url: '= $nodes.map2.url & "$nodes.map"', body: '= $nodes.hook' },
      compensate: 'chk2',
    });
    expect(pasted.nodes[3]).toEqual(flow.nodes[3]);
  });

  it('keeps what undoes an effect outside of the part in its own flow, and drops it in another', () => {
    const flow = sampleFlow();
    flow.nodes[3] = { ...(flow.nodes[3] as (typeof flow.nodes)[0]), compensate: 'chk' };
    const part = extractPart(flow, ['erp']);
    expect(paste(flow, part).flow.nodes.at(-1)).toMatchObject({ id: 'erp2', compensate: 'chk' });
    expect(paste(other, part).flow.nodes.at(-1)).not.toHaveProperty('compensate');
  });

  it('brings a group along whose nodes are all there, under an id of its own', () => {
    const group = { id: 'g1', title: 'To the ERP', color: 'blue' as const, nodes: ['chk', 'erp'] };
    const flow = { ...sampleFlow(), layout: { nodes: {}, groups: [group] } };
    const { flow: pasted } = paste(flow, extractPart(flow, ['chk', 'erp']));
    expect(pasted.layout?.groups).toEqual([group, { ...group, id: 'g2', nodes: ['chk2', 'erp2'] }]);
    expect(extractPart(flow, ['erp']).layout).toEqual({ nodes: {} });
  });

  it('puts the copies where it is told', () => {
    const { change } = pastePart(
      other,
      extractPart(sampleFlow(), ['map']),
      new Map([['map', { x: 8, y: 16 }]]),
      NOWHERE,
    );
    expect(applyChange(other, change).flow.layout).toEqual({ nodes: { map: { x: 8, y: 16 } } });
  });
});

describe('renameNodeReferences', () => {
  const ids = new Map([
    ['map', 'map2'],
    ['to-erp', 'to-erp2'],
  ]);
  const cases: [string, string][] = [
    ['$nodes.map.total', '$nodes.map2.total'],
    ['$nodes . map', '$nodes . map2'],
    ['$nodes.`to-erp`.id & $nodes.mapping', '$nodes.`to-erp2`.id & $nodes.mapping'],
    ["\"$nodes.map\" & 'it\\'s $nodes.map'", "\"$nodes.map\" & 'it\\'s $nodes.map'"],
    ['/* $nodes.map */ map', '/* $nodes.map */ map'],
  ];
  it.each(cases)('%s → %s', (before, after) => {
    expect(renameNodeReferences(before, ids)).toBe(after);
  });
});
