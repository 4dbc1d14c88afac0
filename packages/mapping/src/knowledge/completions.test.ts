import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lintMapping } from '../lint/index.ts';
import { shapeOfSamples, shapeOfSchema } from '../shape/index.ts';
import { busyMs } from '../testing/busy-ms.ts';
import { suiteCases } from '../testing/suite-cases.ts';
import { completionsAt } from './completions.ts';
import { hoverAt } from './hover.ts';
import { signatureHelpAt } from './signature-help.ts';

const order = {
  name: '#1001',
  customer: { email: 'ada@example.com', address: { city: 'Louisville' } },
  items: [
    { sku: 'A', qty: 1, price: '10.00' },
    { sku: 'B', qty: 2, price: '11.00', note: 'gift' },
  ],
  'odd name': true,
};
const shapes = {
  input: shapeOfSamples([order, { ...order, extra: 1 }]),
  variables: {
    trigger: shapeOfSamples([{ orderNo: '1' }]),
    nodes: shapeOfSamples([{ 'head-1': { lines: [1] }, map: { total: 2 } }]),
    vars: shapeOfSamples([{ erpUrl: 'http://erp' }]),
  },
  output: shapeOfSchema({
    type: 'object',
    required: ['orderNo'],
    properties: {
      note: { type: 'string' },
      orderNo: { type: 'string', description: 'Number of the order' },
      status: { enum: ['new', 'paid'] },
      lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    },
  }),
  crossReferences: [
    { entity: 'customer', system: 'shop' },
    { entity: 'customer', system: 'odoo' },
    { entity: 'product', system: 'odoo' },
    { entity: 'product', system: 'wms' },
  ],
};

/** The labels offered where `|` stands, of one kind. */
function offered(marked: string, kind: string): string[] {
  const offset = marked.indexOf('|');
  const source = marked.slice(0, offset) + marked.slice(offset + 1);
  return completionsAt(source, offset, shapes)
    .filter((completion) => completion.kind === kind)
    .map(({ label }) => label);
}

const ITEM = ['sku', 'qty', 'price', 'note'];

describe('completionsAt', () => {
  test.each([
    ['|', ['name', 'customer', 'items', 'odd name', 'extra']],
    ['na|', ['name', 'odd name', 'customer', 'items', 'extra']],
    ['customer.|', ['email', 'address']],
    ['customer.address.ci|', ['city']],
    ['{ "city": customer.| }', ['email', 'address']],
    ['{ "city": customer.|, "x": 1 }', ['email', 'address']],
    ['{ "city": customer.| "x": 1 }', ['email', 'address']],
    ['$$.customer.|', ['email', 'address']],
    ['$.customer.|', ['email', 'address']],
    ['{ "lines": items.{ "sku": |', ITEM],
    ['{ "lines": [items.{ "sku": s|', ITEM],
    ['items[qty|', ['qty', 'sku', 'price', 'note']],
    ['items[0].|', ITEM],
    ['items[qty > 1 and |]', ITEM],
    ['items^(>|)', ITEM],
    ['items{ sku: $sum(|) }', ['qty', 'sku', 'price', 'note']],
    ['items[|].sku', ITEM],
    ['{ "lines": items.{ "sku": sku }, "no": | }', ['name', 'customer', 'items', 'odd name', 'extra']],
    ['customer.( $x := address; $x.| )', ['city']],
    ['$map(items, function($i) { $i.| })', ITEM],
    ['items ~> $map(function($i) { $i.|', ITEM],
    ['( $f := function($c) { $c.| }; $f(customer) )', ['email', 'address']],
    ['$nodes.|', ['head-1', 'map']],
    ['$nodes.map.|', ['total']],
    ['items.sku.%.|', ITEM],
    ['items@$i.customer.{ "a": $i.| }', ITEM],
    ['items.(qty * |)', ['qty', 'sku', 'price', 'note']],
    ['customer.email.|', []],
    ['items |', []],
    ['/* na| */ name', []],
    ['function($na|) { 1 }', []],
    ['$n|', []],
  ])('fields at %s', (marked, labels) => {
    expect(offered(marked, 'field')).toEqual(labels);
  });

  test.each([
    ['$|', ['$trigger', '$nodes', '$vars', '$', '$$']],
    ['( $a := name; $b := 1; | $c := 2 )', ['$a', '$b', '$trigger', '$nodes', '$vars', '$', '$$']],
    ['$map(items, function($v, $i) { $| })', ['$v', '$i', '$trigger', '$nodes', '$vars', '$', '$$']],
    ['items#$at.{ "no": $a| }', ['$at', '$trigger', '$nodes', '$vars', '$', '$$']],
    ['customer.|', []],
  ])('variables at %s', (marked, labels) => {
    expect(offered(marked, 'variable').toSorted()).toEqual(labels.toSorted());
  });

  test('functions come with what they take, and as snippets', () => {
    const [first] = completionsAt('$substr', 7, shapes).filter(({ kind }) => kind === 'function');
    expect(first).toMatchObject({
      label: '$substring',
      insert: '$substring()',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: places of a snippet
      snippet: '\\$substring(${1:text}, ${2:start})$0',
      from: 0,
      to: 7,
    });
    const [map] = completionsAt('$map', 4, shapes).filter(({ kind }) => kind === 'function');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: places of a snippet
    expect(map?.snippet).toBe('\\$map(${1:list}, function(\\$${2:item}) { $0 })');
    const [chained] = completionsAt('name ~> $substr', 15, shapes).filter(({ kind }) => kind === 'function');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: places of a snippet
    expect(chained?.snippet).toBe('\\$substring(${1:start})$0');
    const [called] = completionsAt('$substr("a")', 4, shapes).filter(({ kind }) => kind === 'function');
    expect(called).toMatchObject({ insert: '$substring', from: 0, to: 7 });
    expect(called).not.toHaveProperty('snippet');
  });

  test('a field tells its type, an example, and in how many samples it is', () => {
    const [note] = completionsAt('items.no', 8, shapes);
    expect(note).toMatchObject({
      label: 'note',
      type: 'string, optional',
      detail: '"gift"',
      documentation: 'In 2 of 4.',
      from: 6,
      to: 8,
    });
  });

  test('odd names are written in backticks', () => {
    const [odd] = completionsAt('odd', 3, shapes);
    expect(odd).toMatchObject({ label: 'odd name', insert: '`odd name`' });
    expect(completionsAt('$nodes.`he` & "x"', 10, shapes)[0]).toMatchObject({ insert: '`head-1`', from: 7, to: 11 });
  });

  test('between operands, words that join them', () => {
    expect(offered('name |', 'keyword')).toEqual(['and', 'or', 'in']);
    expect(offered('|', 'keyword')).toEqual(['true', 'false', 'null', 'function']);
  });

  test.each([
    ['{ "|" }', 'key', ['orderNo', 'note', 'status', 'lines']],
    ['{ "note": name, "|": 1 }', 'key', ['orderNo', 'status', 'lines']],
    ['{ "lines": [items.{ "|" }] }', 'key', ['sku']],
    ['{ "status": "|" }', 'value', ['new', 'paid']],
    ['items[sku = "|"]', 'value', ['A', 'B']],
    ['$lookup(customer, "|")', 'value', ['email', 'address']],
    ['$xref("|")', 'value', ['customer', 'product']],
    ['$xref("product", "|", 1, "wms")', 'value', ['odoo', 'wms']],
    ['$xref("customer", "shop", customer.id, "|")', 'value', ['odoo']],
    ['$xref("customer", "shop", "|")', 'value', []],
  ])('in quotes: %s', (marked, kind, labels) => {
    expect(offered(marked, kind)).toEqual(labels);
  });
});

describe('hoverAt', () => {
  const at = (marked: string) => hoverAt(marked.replace('|', ''), marked.indexOf('|'), shapes);

  test('a field', () => {
    expect(at('items.s|ku')).toEqual({ from: 6, to: 9, type: 'string', example: '"A"' });
    expect(at('it|ems.sku')).toMatchObject({ type: '{ sku: string, qty: number, price: string, note?: string }[]' });
    expect(at('{ "a": items.no|te, ')).toMatchObject({ type: 'string, optional', documentation: 'In 2 of 4.' });
  });

  test('a variable, a function, a field of the target, an operator', () => {
    expect(at('$va|rs.erpUrl')).toMatchObject({
      type: '{ erpUrl: string }',
      documentation: 'Variables of the environment.',
    });
    expect(at('$su|m(items.qty)')?.type).toBe('$sum(numbers: number[]): number');
    expect(at('{ "ord|erNo": name }')).toMatchObject({ type: 'string', documentation: 'Number of the order' });
    expect(at('name ~|> $length()')).toMatchObject({ from: 5, to: 7 });
    expect(at('( $x := items; $|x )')?.type).toContain('[]');
  });

  test('nothing where there is nothing to tell', () => {
    expect(at('1|2')).toBeUndefined();
    expect(at('/* na|me */ 1')).toBeUndefined();
  });
});

describe('signatureHelpAt', () => {
  const at = (marked: string) => signatureHelpAt(marked.replace('|', ''), marked.indexOf('|'), shapes);

  test.each([
    ['$substring(|', 0],
    ['$substring(name|', 0],
    ['$substring(name, |)', 1],
    ['$substring(name, 1, |', 2],
    ['name ~> $substring(|)', 1],
    ['{ "a": $substring($string(1), | "b": 1 }', 1],
    ['$substring("a, b|")', 0],
    ['$sum($substring(name, |', 1],
    ['$zip(a, b, |)', 0],
  ])('%s', (marked, active) => {
    expect(at(marked)?.active).toBe(active);
  });

  test('shows what the function takes', () => {
    const help = at('$substring(|');
    expect(help?.label).toBe('$substring(text, start, length?): string');
    expect(help?.parameters.map(({ from, to }) => help.label.slice(from, to))).toEqual(['text', 'start', 'length?']);
  });

  test("the mapping's own functions", () => {
    expect(at('( $f := function($a, $b) { $a }; $f(1, |) )')).toMatchObject({ label: '$f($a, $b)', active: 1 });
  });

  test('nothing outside of calls and in bodies of functions', () => {
    expect(at('name|')).toBeUndefined();
    expect(at('$sum(1) |')).toBeUndefined();
    expect(at('$map(items, function($i) { $i.| })')).toBeUndefined();
  });
});

const everything = (source: string, offset: number, known: Parameters<typeof completionsAt>[2]) => {
  completionsAt(source, offset, known);
  hoverAt(source, offset, known);
  signatureHelpAt(source, offset, known);
  lintMapping(source, known);
};

const cases = suiteCases().filter(({ expr }) => expr.length < 400);
test.skipIf(cases.length === 0)("no beginning of an expression of JSONata's suite is too broken", () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.nat(), fc.nat(), ({ expr, data }, length, offset) => {
      const source = expr.slice(0, length % (expr.length + 1));
      everything(source, offset % (source.length + 1), { input: shapeOfSamples([data]), variables: {} });
    }),
    { numRuns: 600 },
  );
});

test('no text is too broken', () => {
  const piece = fc.constantFrom(
    ...'()[]{}.,:;?|^@#%*&=<>~/"\'`$ \n\\',
    'a',
    '$x',
    ':=',
    '"s"',
    '1',
    'function',
    '/*',
    '*/',
    '~>',
    '..',
    'and',
    '$map',
    'λ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, offset) => {
      const source = pieces.join('');
      everything(source, offset % (source.length + 1), shapes);
    }),
    { numRuns: 800 },
  );
});

const bench = new URL('../../../../../shared/bench/mapping.jsonata', import.meta.url);
test.skipIf(!existsSync(bench))('takes a few milliseconds for a mapping of 4 kB', () => {
  const one = readFileSync(bench, 'utf8').trim();
  const source = `( ${Array.from({ length: Math.ceil(4096 / one.length) }, (_, at) => `$o${at} := ${one}`).join(';\n')}; $o1 )`;
  const known = {
    input: shapeOfSamples([JSON.parse(readFileSync(new URL('order.json', bench), 'utf8'))]),
    variables: {},
  };
  const offset = source.lastIndexOf('quantity');
  const took = Array.from({ length: 30 }, () => busyMs(() => completionsAt(source, offset, known)).tookMs).sort(
    (a, b) => a - b,
  );
  // The median.
  expect(took[15]).toBeLessThan(15);
});
