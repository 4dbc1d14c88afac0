import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow, FlowEdge, FlowNode } from './document.ts';
import { diffFlows, type FieldDiff, isEmptyDiff, summariseDiff } from './flow-diff.ts';
import { flowHash } from './flow-hash.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const value = fc.jsonValue({ maxDepth: 2 });
const node: fc.Arbitrary<FlowNode> = fc.record(
  {
    id,
    type: fc.constantFrom('transform', 'http.request'),
    name: fc.constantFrom('One', 'Two'),
    connection: fc.constantFrom('erp', 'shop'),
    config: fc.dictionary(fc.constantFrom('url', 'body', 'headers'), value),
  },
  { requiredKeys: ['id', 'type', 'config'] },
);
const edge: fc.Arbitrary<FlowEdge> = fc.record({
  id,
  source: id,
  sourceHandle: fc.constantFrom('out', 'error'),
  target: id,
  targetHandle: fc.constant('in'),
});
const flow: fc.Arbitrary<Flow> = fc.record(
  {
    formatVersion: fc.constant(1 as const),
    id: fc.constant('flow'),
    name: fc.constantFrom('Flow', 'Renamed'),
    description: fc.constantFrom('About it', 'Of it'),
    nodes: fc.uniqueArray(node, { selector: (each) => each.id, maxLength: 4 }),
    edges: fc.uniqueArray(edge, { selector: (each) => each.id, maxLength: 3 }),
    settings: fc.record(
      { concurrency: fc.integer({ min: 1, max: 3 }), dedupeKey: fc.constantFrom('id', 'no') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['formatVersion', 'id', 'name', 'nodes', 'edges'] },
);

/** What both compare: the hash, and what it leaves out though people read it. */
const identity = (each: Flow) =>
  JSON.stringify([
    flowHash(each),
    each.name,
    each.description,
    each.nodes.map(({ name, description }) => [name, description]),
  ]);

function patched(target: unknown, { keys, ...diff }: FieldDiff): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return diff.after;
  const copy = (Array.isArray(target) ? [...target] : { ...(target as object) }) as Record<string, unknown>;
  const child = patched(copy[key], { ...diff, keys: rest });
  if (child === undefined) delete copy[key];
  else Object.defineProperty(copy, key, { value: child, enumerable: true, configurable: true, writable: true });
  return copy;
}

describe('the difference of two flows', () => {
  it('is empty exactly where they mean the same and are named the same', () => {
    fc.assert(
      fc.property(flow, flow, (a, b) => {
        expect(isEmptyDiff(diffFlows(a, b))).toBe(identity(a) === identity(b));
        expect(isEmptyDiff(diffFlows(a, structuredClone(a)))).toBe(true);
      }),
    );
  });

  it('leads from the one to the other', () => {
    fc.assert(
      fc.property(flow, flow, (a, b) => {
        const diff = diffFlows(a, b);
        const nodes = new Map(a.nodes.map((each) => [each.id, each]));
        for (const { nodeId, change, fields } of diff.nodes) {
          if (change === 'removed') nodes.delete(nodeId);
          else if (change === 'added') nodes.set(nodeId, b.nodes.find((each) => each.id === nodeId) as FlowNode);
          else nodes.set(nodeId, fields.reduce<unknown>(patched, nodes.get(nodeId)) as FlowNode);
        }
        const edges = new Map(a.edges.map((each) => [each.id, each]));
        for (const { edgeId, after } of diff.edges) after ? edges.set(edgeId, after) : edges.delete(edgeId);
        const { name, description, settings } = diff.fields.reduce<unknown>(patched, a) as Flow;
        expect(canonical({ name, description, settings })).toEqual(
          canonical({ name: b.name, description: b.description, settings: b.settings }),
        );
        expect(new Map([...nodes].map(([key, each]) => [key, canonical(each)]))).toEqual(
          new Map(b.nodes.map((each) => [each.id, canonical(each)])),
        );
        expect(edges).toEqual(new Map(b.edges.map((each) => [each.id, each])));
      }),
    );
  });

  it('is the same backwards, with what was before and after changed over', () => {
    fc.assert(
      fc.property(flow, flow, (a, b) => {
        const [there, back] = [diffFlows(a, b), diffFlows(b, a)];
        const names = (diff: typeof there) =>
          diff.nodes.flatMap(({ nodeId, change, fields }) => [
            `${nodeId} ${change}`,
            ...fields.map(({ keys, before, after }) => JSON.stringify([nodeId, keys, before, after])),
          ]);
        const turned = {
          ...back,
          nodes: back.nodes.map((each) => ({
            ...each,
            change: ({ added: 'removed', removed: 'added', changed: 'changed' } as const)[each.change],
            fields: each.fields.map(({ keys, before, after }) => ({ keys, before: after, after: before })),
          })),
        };
        expect(names(turned).sort()).toEqual(names(there).sort());
        expect(back.isReordered).toBe(there.isReordered);
      }),
    );
  });

  it('names the fields that differ, not where things stand on the canvas', () => {
    const before = sampleFlow();
    const after = structuredClone(before);
    const erp = after.nodes.find((each) => each.id === 'erp') as FlowNode;
    erp.config = { ...erp.config, url: 'https://erp.example' };
    erp.retry = { ...erp.retry, maxAttempts: 2 };
    after.layout = { nodes: { erp: { x: 1, y: 1 } } };
    after.samples = [];
    after.settings = { ...after.settings, concurrency: 3 };
    expect(summariseDiff(diffFlows(before, after))).toEqual({
      nodes: [
        expect.objectContaining({ nodeId: 'erp', change: 'changed', fields: ['config.url', 'retry.maxAttempts'] }),
      ],
      edges: 0,
      fields: ['settings.concurrency'],
    });
  });
});

const canonical = (each: unknown): unknown => JSON.parse(JSON.stringify(each));
