import { expect, test } from 'vitest';
import { shapeOfSamples, shapeOfSchema } from '../shape/index.ts';
import { matchesByName } from './auto-map.ts';
import { setLine } from './change-lines.ts';
import { applied } from './change-list.ts';
import { readLines } from './read-lines.ts';
import { allNodes, sourceTree } from './source-tree.ts';
import { type TargetNode, targetTree } from './target-tree.ts';

const ORDER = {
  name: '#1',
  currency: 'EUR',
  customer: { email: 'a@b', phone: '1' },
  line_items: [{ sku: 'A', quantity: 2, tax_lines: [{ rate: 0.1 }] }],
  tags: ['x'],
};
const string = { type: 'string' };
const SCHEMA = {
  type: 'object',
  required: ['orderNo', 'currency', 'lines'],
  properties: {
    orderNo: string,
    currency: string,
    note: string,
    tags: { type: 'array', items: string },
    customer: { type: 'object', required: ['email'], properties: { email: string, phone: string } },
    lines: {
      type: 'array',
      items: { type: 'object', required: ['sku', 'qty'], properties: { sku: string, qty: string, currency: string } },
    },
    lineItems: {
      type: 'array',
      items: { type: 'object', properties: { sku: string, quantity: { type: 'number' }, currency: string } },
    },
  },
};
const source = sourceTree(shapeOfSamples([ORDER]));
const treeOf = (text: string) => targetTree(readLines(text), text.length, shapeOfSchema(SCHEMA));

const told = (node: TargetNode): string[] =>
  allNodes(node)
    .slice(1)
    .map(({ address, state, reads }) =>
      `${address.join('.')} ${state} ${reads.map((path) => path.join('.')).join()}`.trim(),
    );

test('a source is a tree of names, elements of lists below them', () => {
  expect(allNodes(source).map(({ path, isList }) => path.join('.') + (isList ? '[]' : ''))).toEqual([
    '',
    'name',
    'currency',
    'customer',
    'customer.email',
    'customer.phone',
    'line_items[]',
    'line_items.sku',
    'line_items.quantity',
    'line_items.tax_lines[]',
    'line_items.tax_lines.rate',
    'tags[]',
  ]);
});

test('a target says what is made, what is expected, and what is missing', () => {
  const text = '{ "orderNo": $uppercase(name), "lines": [line_items.{ "sku": sku }], "own": 1 }';
  expect(told(treeOf(text))).toEqual([
    'orderNo computed name',
    'currency missing',
    'note open',
    'tags open',
    'customer open',
    'customer.email open',
    'customer.phone open',
    'lines partial line_items',
    'lines.0.sku copied line_items.sku',
    'lines.0.qty missing',
    'lines.0.currency open',
    'lineItems open',
    'lineItems.0.sku open',
    'lineItems.0.quantity open',
    'lineItems.0.currency open',
    'own constant',
  ]);
  expect(told(treeOf('$merge([{}])'))).toEqual([]);
  expect(told(treeOf('{ "lines": [a.{ "sku": b }, { "sku": c }] }')).slice(7)).toContain('lines.1.sku copied c');
});

test('before anything is mapped, what is required is missing; of a text that does not parse nothing is said', () => {
  const schema = {
    type: 'object',
    required: ['no', 'by'],
    properties: { no: {}, by: { required: ['at'], properties: { at: {} } } },
  };
  const empty = targetTree(readLines(''), 0, shapeOfSchema(schema));
  expect([empty.state, ...told(empty)]).toEqual(['open', 'no missing', 'by missing', 'by.at missing']);
  expect(told(targetTree(readLines('{ "no": '), 8, shapeOfSchema(schema)))).toEqual([
    'no open',
    'by open',
    'by.at open',
  ]);
});

test('a required field may be anything', () => {
  const shape = shapeOfSchema({ type: 'object', required: ['any'], properties: { any: {} } });
  const text = '{ "own": 1 }';
  expect(told(targetTree(readLines(text), text.length, shape))).toEqual(['any missing', 'own constant']);
});

test('names that are alike are mapped, in the list where they are one', () => {
  let text = '{ "lines": [line_items.{}] }';
  for (const { address, path } of matchesByName(treeOf(text), source)) {
    const change = setLine(text, address, { copy: path }, (each) => each.join() === 'line_items');
    if (!change.refused) text = applied(text, change.edits);
  }
  expect(told(treeOf(text)).filter((line) => !line.includes('open'))).toEqual([
    'orderNo missing',
    'currency copied currency',
    'tags copied tags',
    'customer whole',
    'customer.email copied customer.email',
    'customer.phone copied customer.phone',
    'lines partial line_items',
    'lines.0.sku copied line_items.sku',
    'lines.0.qty missing',
    'lines.0.currency copied currency',
    'lineItems whole line_items',
    'lineItems.0.sku copied line_items.sku',
    'lineItems.0.quantity copied line_items.quantity',
    'lineItems.0.currency copied currency',
  ]);
  expect(matchesByName(treeOf(text), source)).toEqual([]);
});
