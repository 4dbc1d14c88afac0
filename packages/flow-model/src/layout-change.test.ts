import { describe, expect, it } from 'vitest';
import { applyChange, type FlowChange } from './apply-change.ts';
import type { Flow, MappingTarget, NodeGroup, Note } from './document.ts';
import { flowHash } from './flow-hash.ts';
import { mergeFlows } from './merge/merge-flows.ts';
import { parseFlow } from './parse-flow.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow, sampleManifests } from './testing/sample-flow.ts';
import { validateFlow } from './validate-flow.ts';

const group = (id: string, ...nodes: string[]): NodeGroup => ({ id, title: id, color: 'blue', nodes });
const note: Note = { id: 't1', x: 0, y: -80, width: 200, height: 56, color: 'amber', text: 'Ask Ada\nfirst' };
const after = (flow: Flow, ...changes: FlowChange[]) => applyChange(flow, { kind: 'batch', changes }).flow;
const put = (added: NodeGroup): FlowChange => ({ kind: 'putGroup', group: added });

describe('groups and notes', () => {
  it('are part of the file and no part of the meaning', () => {
    const flow = after(sampleFlow(), put(group('g1', 'map', 'chk')), { kind: 'putNote', note });
    expect(flow.layout).toMatchObject({ groups: [{ id: 'g1' }], notes: [note] });
    expect(parseFlow(serialiseFlow(flow))).toEqual(flow);
    expect(validateFlow(flow, { manifests: sampleManifests, checkMapping: () => undefined })).toEqual([]);
    expect(flowHash(flow)).toBe(flowHash(sampleFlow()));
  });

  it('a node is in one group at most, and a group without nodes goes', () => {
    const flow = after(sampleFlow(), put(group('g1', 'map', 'chk')), put(group('g2', 'chk', 'erp')));
    expect(flow.layout?.groups?.map(({ nodes }) => nodes)).toEqual([['map'], ['chk', 'erp']]);
    expect(after(flow, put(group('g3', 'map'))).layout?.groups?.map(({ id }) => id)).toEqual(['g2', 'g3']);
  });

  it('a group loses the nodes that are deleted, and goes with the last', () => {
    const flow = after(sampleFlow(), put(group('g1', 'map', 'chk')));
    expect(after(flow, { kind: 'removeNodes', nodeIds: ['map'] }).layout?.groups).toEqual([group('g1', 'chk')]);
    const gone = after(flow, { kind: 'removeNodes', nodeIds: ['map', 'chk'] });
    expect(serialiseFlow(gone)).not.toContain('groups');
  });

  it('change in their place, and leave no trace when they are removed', () => {
    const flow = after(sampleFlow(), put(group('g1', 'map')), put(group('g2', 'chk')), { kind: 'putNote', note });
    const renamed = after(flow, put({ ...group('g1', 'map'), title: 'Mapping' }));
    expect(renamed.layout?.groups?.map(({ title }) => title)).toEqual(['Mapping', 'g2']);
    const removed = after(
      renamed,
      { kind: 'removeGroup', groupId: 'g1' },
      { kind: 'removeGroup', groupId: 'g2' },
      { kind: 'removeNote', noteId: 't1' },
    );
    expect(serialiseFlow(removed)).toBe(serialiseFlow(sampleFlow()));
  });
});

describe('what a mapping is to make', () => {
  const target = { example: { orderNo: '#1', lines: [{ sku: 'A' }] } };
  const set = (nodeId: string, to: MappingTarget | undefined): FlowChange => ({
    kind: 'setTarget',
    nodeId,
    target: to,
  });

  it('is part of the file and no part of the meaning', () => {
    const flow = after(sampleFlow(), set('map', target));
    expect(parseFlow(serialiseFlow(flow))).toEqual(flow);
    expect(validateFlow(flow, { manifests: sampleManifests, checkMapping: () => undefined })).toEqual([]);
    expect(flowHash(flow)).toBe(flowHash(sampleFlow()));
  });

  it('goes with its node, and leaves no trace when it is taken back', () => {
    const flow = after(sampleFlow(), set('map', target), set('map', { schema: { type: 'object' } }));
    expect(flow.layout?.targets).toEqual({ map: { schema: { type: 'object' } } });
    expect(after(flow, { kind: 'removeNodes', nodeIds: ['map'] }).layout?.targets).toBeUndefined();
    expect(serialiseFlow(after(flow, set('map', undefined)))).toBe(serialiseFlow(sampleFlow()));
  });

  it('of one side stays beside that of the other', () => {
    const base = sampleFlow();
    const mine = after(base, set('map', target));
    const theirs = after(base, set('chk', target), { kind: 'removeNodes', nodeIds: ['erp'] });
    expect(mergeFlows({ base, mine, theirs }).flow.layout?.targets).toEqual({ map: target, chk: target });
  });
});
