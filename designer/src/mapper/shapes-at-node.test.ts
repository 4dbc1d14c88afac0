import type { Flow } from '@crossdock/flow-model';
import { completionsAt, lintMapping } from '@crossdock/mapping';
import { expect, test } from 'vitest';
import { shapesAtNode } from './shapes-at-node.ts';

const flow = {
  nodes: [
    { id: 'hook', type: 'webhook', config: {} },
    { id: 'map', type: 'transform', config: {} },
    {
      id: 'check',
      type: 'validate',
      config: { schema: { type: 'object', properties: { lines: { type: 'array' }, orderNo: { type: 'string' } } } },
    },
  ],
  edges: [
    { source: 'hook', sourceHandle: 'out', target: 'map' },
    { source: 'map', sourceHandle: 'out', target: 'check' },
  ],
} as unknown as Flow;
const payload = { no: '1', items: [{ sku: 'A' }] };
const shapes = shapesAtNode(
  flow,
  'map',
  [{ known: true, input: payload, outputs: { hook: payload } }],
  [{ name: 'One', payload }],
  { erpUrl: 'http://erp.test' },
);
const labelsAt = (source: string, offset = source.length) =>
  completionsAt(source, offset, shapes).map(({ label }) => label);

test('an editor offers what the samples hold, before the node and around it', () => {
  expect(labelsAt('items.')).toEqual(['sku']);
  expect(labelsAt('$trigger.')).toEqual(['no', 'items']);
  expect(labelsAt('$nodes.')).toEqual(['hook', 'check']);
  expect(labelsAt('$nodes.hook.')).toEqual(['no', 'items']);
  expect(labelsAt('$vars.')).toEqual(['erpUrl']);
  expect(labelsAt('$meta.item.')).toEqual(['index', 'count']);
});

test('what is bound about the execution has the types that it has at run time', () => {
  expect(
    lintMapping('{ "a": $meta.revision = 3, "b": $meta.attempt > 1, "c": $meta.key.orderNo[0] = "A1" }', shapes),
  ).toEqual([]);
  expect(lintMapping('$meta.revision = "3"', shapes)).toMatchObject([{ code: 'DIFFERENT_TYPES' }]);
});

test('the schema behind a mapping is its target', () => {
  expect(labelsAt('{ "" }', 3)).toEqual(['lines', 'orderNo']);
  expect(lintMapping('{ "lines": items.{ "sku": sku } }', shapes)).toMatchObject([
    { code: 'ARRAY_OR_SINGLE', severity: 'warning' },
  ]);
});

test('without samples nothing is taken for unknown', () => {
  const blind = shapesAtNode(flow, 'map', [{ known: false }], [], undefined);
  expect(lintMapping('{ "a": no, "b": $trigger.x, "c": $vars.y, "d": $nodes.hook.z }', blind)).toEqual([]);
  expect(lintMapping('$nodes.hok', blind)).toMatchObject([{ code: 'UNKNOWN_FIELD' }]);
});
