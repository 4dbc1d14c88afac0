import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import type { MappingShapes } from '../knowledge/index.ts';
import { checkMapping } from '../problem.ts';
import { shapeOfSamples, shapeOfSchema } from '../shape/index.ts';
import { expression } from '../testing/expressions.ts';
import { payload } from '../testing/payloads.ts';
import { type SuiteCase, suiteCases } from '../testing/suite-cases.ts';
import type { Finding, Fix } from './finding.ts';
import { lintMapping } from './lint-mapping.ts';

const order = {
  name: '#1001',
  email: 'ada@example.com',
  customer: { id: 7, first_name: 'Ada' },
  note: null,
  tags: ['a', 'b'],
  items: [
    { sku: 'A', quantity: 1, price: '10.00', taxes: [{ rate: 0.2 }] },
    { sku: 'B', quantity: 2, price: '11.00', taxes: [{ rate: 0.1 }], gift: true },
  ],
};
const shapes = { input: shapeOfSamples([order]), variables: { vars: shapeOfSamples([{ url: 'x' }]) } };
const target = shapeOfSchema({
  type: 'object',
  additionalProperties: false,
  properties: {
    no: { type: 'string' },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' }, tags: { type: 'array' } } },
    },
    status: { enum: ['new', 'paid'] },
  },
});

/** What is found, each as its code and the text it points at. */
const found = (source: string, known: MappingShapes = shapes) =>
  lintMapping(source, known).map(({ code, from, to }) => `${code} ${source.slice(from, to)}`);

describe('lintMapping', () => {
  test.each([
    // Arrays that are single values when there is only one element.
    ['{ "lines": items.{ "sku": sku } }', ['ARRAY_OR_SINGLE items']],
    ['{ "skus": items.sku }', ['ARRAY_OR_SINGLE items.sku']],
    ['{ "lines": items[quantity > 1] }', ['ARRAY_OR_SINGLE items[quantity > 1]']],
    ['{ "lines": $map(items, function($i) { $i.sku }) }', ['ARRAY_OR_SINGLE $map(items, function($i) { $i.sku })']],
    ['items{ sku: quantity }', []],
    ['{ "lines": [items.{ "sku": sku }], "more": items.sku[], "all": items, "n": $count(items.sku) }', []],
    ['{ "first": items[0].sku, "sum": $sum(items.quantity), "text": $join(items.sku, ",") }', []],
    // An index behind the last step picks from each.
    ['items.sku[0]', ['INDEX_PER_ITEM [0]']],
    ['items.sku[-1]', ['INDEX_PER_ITEM [-1]']],
    ['(items.sku)[0] & items[0].sku & tags[0] & items.taxes[0].rate[]', ['MANY_IN_OPERATOR items.taxes[0].rate[]']],
    // Several where one is taken.
    ['items.sku = "A"', ['MANY_IN_OPERATOR items.sku = "A"']],
    ['items.quantity * 2', ['MANY_IN_OPERATOR items.quantity']],
    ['"skus: " & items.sku', ['MANY_IN_OPERATOR items.sku']],
    ['"A" in items.sku and items.sku = items.sku', []],
    // Fields that are not there.
    ['emial', ['UNKNOWN_FIELD emial']],
    ['items[qunatity > 1].sku', ['UNKNOWN_FIELD qunatity']],
    ['items.{ "a": email, "b": %.email }', ['UNKNOWN_FIELD email']],
    ['name.length', ['UNKNOWN_FIELD length']],
    ['$map(items, function($i) { $i.skuu })', ['UNKNOWN_FIELD skuu']],
    ['( $f := function($c) { $c.first_nam }; $f(customer) )', ['UNKNOWN_FIELD first_nam']],
    ['phone ? phone : mobile ?? email', []],
    ['$exists(phone) ? phone', []],
    ['note.text', []],
    ['items.gift', []],
    // Variables and parameters.
    ['( $x := name; $y := email; $x )', ['UNUSED_VARIABLE $y']],
    ['( $x := name; ( $x := email; $x ) & $x )', []],
    ['( $f := function($n) { $n > 0 ? $f($n - 1) : 0 }; $f(2) )', []],
    ['( $a := function() { $b() }; $b := function() { 1 }; $a() )', []],
    ['items#$i.sku[]', ['UNUSED_VARIABLE $i']],
    ['$map(items, function($v, $i) { $v.sku })', ['UNUSED_PARAMETER $i']],
    ['$map(items, function($v, $i) { $i })', []],
    ['$reduce(items.quantity, function($sum, $q) { $sum + q })', ['MISSING_DOLLAR q']],
    ['$var.url', ['UNKNOWN_VARIABLE $var']],
    ['( $vars := 1; $vars )', ['SHADOWED_NAME $vars']],
    ['( name; email )', ['UNUSED_RESULT name']],
    ['( $assert(name = "x", "no"); email )', []],
    // Conditions and comparisons.
    ['true ? name : email', ['CONSTANT_CONDITION true']],
    ['1 = 2 ? name', ['CONSTANT_CONDITION 1 = 2']],
    ['items["sku"]', ['CONSTANT_CONDITION ["sku"]']],
    ['items[quantity = "1"][0]', ['DIFFERENT_TYPES quantity = "1"']],
    ['customer.id = "7"', ['DIFFERENT_TYPES customer.id = "7"']],
    ['name < 5', ['DIFFERENT_TYPES name < 5']],
    ['items[0].gift = null', ['NULL_IS_NOT_MISSING items[0].gift = null']],
    ['note = null or name = null', []],
    ['name = undefined', ['NO_UNDEFINED name = undefined']],
    ['items.(price * quantity)[]', ['WRONG_OPERAND price']],
    // Functions.
    ['sum(items.quantity)', ['MISSING_DOLLAR sum']],
    ['$summ(items.quantity)', ['UNKNOWN_FUNCTION $summ']],
    ['$substring(name)', ['WRONG_ARGUMENT_COUNT $substring(name)']],
    ['$length(name, 2)', ['WRONG_ARGUMENT_COUNT 2']],
    ['name ~> $substring(1) ~> $length() & name.$uppercase()', []],
    ['$map(items, $string) ~> $join(?, ",")', []],
  ])('%s', (source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  test.each([
    ['{ "lines": items.{ "sku": sku } }', ['warning ARRAY_OR_SINGLE']],
    ['{ "lines": items[0] }', ['warning ARRAY_OR_SINGLE']],
    ['{ "lines": [items.{ "sku": sku, "tags": $$.items.sku }] }', ['warning ARRAY_OR_SINGLE']],
    ['{ "no": items.sku }', ['warning SINGLE_EXPECTED']],
    ['{ "no": name, "lines": [items.{ "sku": sku }] }', []],
  ])('against a target: %s', (source, expected) => {
    const findings = lintMapping(source, { ...shapes, output: target });
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  test.each([
    ['{ "no": name }', ['MISSING_FIELD {']],
    ['{ "no": name, "lines": [items.{ "sku": sku, "quantity": quantity }] }', []],
    ['{ "no": name, "lines": [items.{ "sku": sku }] }', ['MISSING_FIELD {']],
    ['name ? { "lines": [] } : { "no": name, "lines": [] }', ['MISSING_FIELD {']],
    ['{ "lines": [], name: 1 }', []],
    ['$merge([{ "no": name }, { "lines": [] }])', []],
  ])('fields that the target requires: %s', (source, expected) => {
    const line = { type: 'object', required: ['sku', 'quantity'] };
    const output = shapeOfSchema({
      required: ['no', 'lines'],
      properties: { no: { type: 'string' }, lines: { type: 'array', items: line } },
      anyOf: [{ required: ['email'] }, { required: ['phone'] }],
    });
    expect(found(source, { ...shapes, output })).toEqual(expected);
  });

  test('a field that the target requires is named, and taken from the input where that has it', () => {
    const output = shapeOfSchema({ required: ['name', 'email'] });
    const [finding] = lintMapping('{ "name": name }', { ...shapes, output });
    expect(finding?.message).toContain('requires `"email"`');
    expect(finding?.fixes[0] && applied('{ "name": name }', finding.fixes[0])).toBe('{ "name": name, "email": email }');
    const [empty] = lintMapping('{}', { ...shapes, output: shapeOfSchema({ required: ['email'] }) });
    expect(empty?.fixes[0] && applied('{}', empty.fixes[0])).toBe('{ "email": email }');
  });

  test('a mapping whose result must be an array', () => {
    const output = shapeOfSchema({ type: 'array', items: { type: 'object' } });
    expect(found('( $x := items; $x.{ "sku": sku } )', { ...shapes, output })).toEqual(['ARRAY_OR_SINGLE $x']);
    expect(found('[items.{ "sku": sku }]', { ...shapes, output })).toEqual([]);
    expect(found('items.{ "sku": sku }', shapes)).toEqual([]);
  });

  test('a value that a schema does not name', () => {
    const [finding] = lintMapping('status = "payd"', { input: target });
    expect(finding).toMatchObject({ code: 'DIFFERENT_TYPES', fixes: [{ edits: [{ insert: '"paid"' }] }] });
  });

  test('a field that an open schema does not name, but nearly', () => {
    const input = shapeOfSchema({ properties: { orderNo: { type: 'string' } } });
    expect(found('orderNr', { input })).toEqual(['UNKNOWN_FIELD orderNr']);
    expect(found('other', { input })).toEqual([]);
  });

  test('knows without shapes what is chosen among several', () => {
    expect(found('{ "lines": items[qty > 0].{ "sku": sku }, "to": address.{ "city": city } }', {})).toEqual([
      'ARRAY_OR_SINGLE items[qty > 0]',
    ]);
  });

  test.each([
    ['emial', 'email'],
    ['items.{ "a": customer.id }', 'items.{ "a": $$.customer.id }'],
    ['{ "skus": items.sku }', '{ "skus": [items.sku] }'],
    ['items.sku[0]', '(items.sku)[0]'],
    ['items.sku = "A"', '"A" in items.sku'],
    ['( $y := email; name )', '( name )'],
    ['$map(items, function($v, $i) { $v.sku })', '$map(items, function($v) { $v.sku })'],
    ['items[0].gift != null', '$exists(items[0].gift)'],
    ['items["sku"]', 'items.sku'],
    ['sum(items.quantity)', '$sum(items.quantity)'],
    ['$length(name, 2)', '$length(name)'],
    ['items[quantity = "1"][0]', 'items[quantity = 1][0]'],
  ])('%s is mended to %s', (source, mended) => {
    const fix = lintMapping(source, shapes).flatMap(({ fixes }) => fixes)[0];
    expect(fix && applied(source, fix)).toBe(mended);
  });

  test('says nothing about what does not parse', () => {
    expect(lintMapping('{ "a": emial, ', shapes)).toEqual([]);
    expect(lintMapping('('.repeat(100_000), shapes)).toEqual([]);
  });

  const cases = suiteCases();
  test.skipIf(cases.length === 0)("fixes parse and mend, on JSONata's own suite", () => {
    const bad = cases.flatMap(({ expr, data, bindings }) => {
      const variables = Object.fromEntries(
        Object.entries(bindings).map(([name, value]) => [name, shapeOfSamples([value])]),
      );
      const known = data === undefined ? {} : { input: shapeOfSamples([data]), variables };
      return lintMapping(expr, known).flatMap((finding) =>
        finding.fixes.flatMap((fix) => failing(expr, finding, fix, known)),
      );
    });
    expect(bad).toEqual([]);
  });

  test('fixes parse, on generated expressions', () => {
    const generated = fc.sample(fc.tuple(expression, payload), { numRuns: 500, seed: 4 });
    const bad = generated
      // What `%` leads back to may hang on what a fix changes.
      .filter(([source]) => !source.includes('%') && !checkMapping(source))
      .flatMap(([source, data]) => {
        const known = shapesOf({ data, bindings: {} });
        return lintMapping(source, known).flatMap((finding) =>
          finding.fixes.map((fix) => applied(source, fix)).filter((mended) => checkMapping(mended) !== undefined),
        );
      });
    expect(bad).toEqual([]);
  });

  test.skipIf(cases.length === 0)("what it calls an error gives no result in JSONata's own suite", () => {
    const wrong = cases
      .filter(({ gives }) => gives)
      .flatMap(({ expr, ...rest }) => {
        const findings = [...lintMapping(expr), ...lintMapping(expr, shapesOf(rest))];
        return findings.filter(({ severity }) => severity === 'error').map(({ message }) => `${expr}: ${message}`);
      });
    expect(wrong).toEqual([]);
  });

  const bench = new URL('../../../../../shared/bench/', import.meta.url);
  test.skipIf(!existsSync(bench))('finds in the order mapping its one hazard: an order of one line', () => {
    const source = readFileSync(new URL('mapping.jsonata', bench), 'utf8');
    const input = shapeOfSamples([JSON.parse(readFileSync(new URL('order.json', bench), 'utf8'))]);
    expect(lintMapping(source, { input, variables: {} }).map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'hint ARRAY_OR_SINGLE',
    ]);
  });

  const flows = new URL('../../../../flows/', import.meta.url);
  test.each(readdirSync(flows))('finds nothing in the flow %s', (name) => {
    const { nodes } = JSON.parse(readFileSync(new URL(`${name}/flow.json`, flows), 'utf8'));
    const sources: string[] = nodes.flatMap(({ config }: { config: unknown }) => expressionsIn(config));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((source) => lintMapping(source))).toEqual([]);
  });

  test('finds nothing in the order flow, with its samples and the schema that the result is checked against', () => {
    const flow = JSON.parse(readFileSync(new URL('shop-order-to-erp/flow.json', flows), 'utf8'));
    const [, map, check] = flow.nodes;
    const input = shapeOfSamples(flow.samples.map(({ payload }: { payload: unknown }) => payload));
    const output = shapeOfSchema(check.config.schema);
    expect(lintMapping(map.config.mapping, { input, output, variables: {} })).toEqual([]);
    const collapsing = map.config.mapping
      .replace('"discounts": [discount_codes', '"discounts": (discount_codes')
      .replace('$string(amount) }]', '$string(amount) })');
    expect(lintMapping(collapsing, { input, output, variables: {} })).toMatchObject([
      { code: 'ARRAY_OR_SINGLE', severity: 'warning' },
    ]);
  });
});

function expressionsIn(config: unknown): string[] {
  if (typeof config === 'string') return config.startsWith('=') ? [config.slice(1)] : [];
  if (typeof config !== 'object' || config === null) return [];
  return Object.entries(config).flatMap(([name, value]) =>
    name === 'mapping' ? [String(value)] : expressionsIn(value),
  );
}

function shapesOf({ data, bindings }: Pick<SuiteCase, 'data' | 'bindings'>): MappingShapes {
  const variables = Object.entries(bindings).map(([name, value]) => [name, shapeOfSamples([value])]);
  return { ...(data === undefined ? {} : { input: shapeOfSamples([data]) }), variables: Object.fromEntries(variables) };
}

/** The source with a fix applied. */
function applied(source: string, fix: Fix): string {
  return [...fix.edits]
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source);
}

function failing(source: string, finding: Finding, fix: Fix, known: MappingShapes): string[] {
  const mended = applied(source, fix);
  if (checkMapping(source)) return [];
  try {
    jsonata(mended);
  } catch {
    return [`${source}: "${fix.title}" does not parse: ${mended}`];
  }
  const same = (findings: Finding[]) => findings.filter(({ code }) => code === finding.code).length;
  const before = lintMapping(source, known);
  return same(lintMapping(mended, known)) < same(before)
    ? []
    : [`${source}: ${finding.code} is still there: ${mended}`];
}
