import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { type Shape, shapeOfSamples } from '../shape/index.ts';
import { parseMapping } from '../syntax/index.ts';
import { BINDINGS } from '../testing/both-engines.ts';
import { expression } from '../testing/expressions.ts';
import { payload } from '../testing/payloads.ts';
import { suiteCases } from '../testing/suite-cases.ts';
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

test('what generated expressions give fits what is inferred, but for a few in a thousand', async () => {
  const pairs = fc.sample(fc.tuple(expression, payload), { numRuns: 1000, seed: 4 });
  const misfits: string[] = [];
  let given = 0;
  for (const [source, data] of pairs) {
    const result = await referenceGives(source, data);
    const tree = parseMapping(source);
    if (result === undefined || result.value === undefined) continue;
    expect(tree.isWhole, source).toBe(true);
    given++;
    const variables = Object.fromEntries(Object.entries(BINDINGS).map(([name, value]) => [name, variableShape(value)]));
    const { typed } = inferFacts(tree.root, { input: shapeOfSamples([data]), variables }).of(tree.root)!;
    if (!fits(result.value, typed)) misfits.push(`${source} gives ${typeText(typed)}`);
  }
  expect(given).toBeGreaterThan(400);
  expect(misfits.length / given, misfits.join('\n')).toBeLessThan(0.005);
}, 60_000);

const variableShape = (value: unknown): Shape =>
  typeof value === 'function' ? { any: true } : shapeOfSamples([value]);

/** What the reference gives, as JSON; undefined where it fails. */
async function referenceGives(source: string, data: unknown): Promise<{ value: unknown } | undefined> {
  try {
    const mapping = jsonata(source, { timeout: 300, stack: 300, sequence: 20_000 });
    const value: unknown = await mapping.evaluate(structuredClone(data), { ...BINDINGS });
    return { value: value === undefined ? undefined : JSON.parse(JSON.stringify(value) ?? 'null') };
  } catch {
    return undefined;
  }
}

function fits(value: unknown, typed: Typed): boolean {
  if (typed.item.any || typed.fn) return true;
  const all = Array.isArray(value) && value.every((item) => isOf(item, typed.item));
  if (typed.many === 'array') return all;
  return (typed.many === 'some' && all) || isOf(value, typed.item);
}

function isOf(value: unknown, shape: Shape): boolean {
  // JSON writes numbers that are none as null.
  if (shape.any || value === null) return true;
  const kind = Array.isArray(value) ? 'array' : (typeof value as 'object');
  return shape[kind] !== undefined;
}
