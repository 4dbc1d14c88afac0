import { describe, expect, test } from 'vitest';
import { type Shape, shapeOfSamples } from '../shape/index.ts';
import { parseMapping } from '../syntax/index.ts';
import { suiteCases } from '../testing/suite-expressions.ts';
import { inferFacts } from './infer.ts';
import { typeText } from './type-text.ts';
import type { Typed } from './typed.ts';

const order = {
  name: '#1',
  tags: ['a', 'b'],
  customer: { id: 7, email: 'a@b' },
  items: [
    { sku: 'A', qty: 1, taxes: [{ rate: 0.2 }] },
    { sku: 'B', qty: 2, taxes: [{ rate: 0.1 }, { rate: 0.2 }], note: 'x' },
  ],
};
const shapes = {
  input: shapeOfSamples([order]),
  variables: { vars: shapeOfSamples([{ url: 'x' }]), nodes: shapeOfSamples([{ head: { lines: [1] } }]) },
};

const typeOf = (source: string) => {
  const { root } = parseMapping(source);
  return typeText(inferFacts(root, shapes).of(root)!.typed);
};

describe('inferFacts', () => {
  test.each([
    ['name', 'string'],
    ['customer.email', 'string'],
    ['tags', 'string[]'],
    ['items.sku', 'string, one or many'],
    ['items.sku[]', 'string[]'],
    ['items[].sku', 'string[]'],
    ['[items.sku]', 'string[]'],
    ['items[0]', '{ sku: string, qty: number, taxes: {…}[], note?: string }, optional'],
    ['items[0].sku', 'string, optional'],
    ['items[-1].qty', 'number, optional'],
    ['items[qty > 1].sku', 'string, one or many'],
    ['items.taxes', '{ rate: number }, one or many'],
    ['items.taxes.rate', 'number, one or many'],
    ['items[0].taxes', '{ rate: number }[], optional'],
    ['items.{ "a": sku, "b": qty * 2 }', '{ a: string, b: number }, one or many'],
    ['items.note', 'string, one or many'],
    ['items^(>qty).sku', 'string, one or many'],
    ['items{ sku: $sum(qty) }', '{}'],
    ['$sum(items.qty)', 'number'],
    ['name & "x"', 'string'],
    ['$map(items, function($v, $i) { $v.sku })', 'string, one or many'],
    ['$filter(items, function($v) { $v.qty > 1 }).qty', 'number, one or many'],
    ['items.$string(qty)', 'string, one or many'],
    ['$count(items) > 1', 'boolean'],
    ['name ? customer : tags', 'string | { id: number, email: string }, one or many'],
    ['name ? name', 'string, optional'],
    ['items.(taxes.{ "r": rate, "s": %.sku })', '{ r: number, s: string }, one or many'],
    ['items.taxes.%.sku', 'string, one or many'],
    ['items@$i.tags@$t.{ "t": $t, "s": $i.sku }', '{ t: string, s: string }, one or many'],
    ['items#$n.$n', 'number, one or many'],
    ['( $x := items; $x.sku )', 'string, one or many'],
    ['( $f := function($c) { $c.email }; $f(customer) )', 'string'],
    ['customer ~> $keys()', 'string, one or many'],
    ['items.sku ~> $distinct ~> $count', 'number'],
    ['$vars.url', 'string'],
    ['$nodes.head.lines', 'number[]'],
    ['$lookup(customer, "id")', 'number'],
    [
      '$sort(items, function($a, $b) { $a.qty > $b.qty })',
      '{ sku: string, qty: number, taxes: {…}[], note?: string }[]',
    ],
    ['items.qty ~> $reduce(function($a, $b) { $a + $b }, 0)', 'number, optional'],
    ['$split(name, "-")', 'string[]'],
    ['$ ~> |items|{ "x": 1 }|', '{ name: string, tags: string[], customer: {…}, items: {…}[] }'],
    ['$unknown.x', 'any, optional'],
    ['items.', 'any, one or many'],
  ])('%s gives %s', (source, expected) => {
    expect(typeOf(source)).toBe(expected);
  });

  test.skipIf(suiteCases().length === 0)("what the expressions of JSONata's suite give fits what is inferred", () => {
    const misfits = suiteCases()
      .filter(({ gives, data }) => gives && data !== undefined)
      .flatMap(({ expr, data, bindings, result }) => {
        const tree = parseMapping(expr);
        if (!tree.isWhole) return [];
        const variables = Object.entries(bindings).map(([name, value]) => [name, shapeOfSamples([value])]);
        const facts = inferFacts(tree.root, {
          input: shapeOfSamples([data]),
          variables: Object.fromEntries(variables),
        });
        const { typed } = facts.of(tree.root)!;
        return fits(result, typed)
          ? []
          : [`${expr} gives ${JSON.stringify(result).slice(0, 200)}, not ${typeText(typed)}`];
      });
    expect(misfits).toEqual([]);
  });

  test('the type of a payload that is an array is one', () => {
    const { root } = parseMapping('sku');
    expect(typeText(inferFacts(root, { input: shapeOfSamples([[{ sku: 'A' }]]) }).of(root)!.typed)).toBe(
      'string, one or many',
    );
  });
});

function fits(value: unknown, typed: Typed): boolean {
  if (typed.item.any || typed.fn) return true;
  if (typed.many === 'array') return Array.isArray(value) && value.every((item) => isOf(item, typed.item));
  if (typed.many === 'some' && Array.isArray(value)) return value.every((item) => isOf(item, typed.item));
  return isOf(value, typed.item);
}

function isOf(value: unknown, shape: Shape): boolean {
  if (shape.any) return true;
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : (typeof value as 'object');
  return shape[kind] !== undefined;
}
