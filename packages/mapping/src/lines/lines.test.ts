import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMapping } from '../mapping.ts';
import { type Content, lineAt, removeLine, renameLine, setLine } from './change-lines.ts';
import { applied } from './change-list.ts';
import type { Address, Part } from './part.ts';
import { readLines } from './read-lines.ts';

const isList = (path: readonly string[]) => ['line_items', 'line_items.tax_lines', 'tags'].includes(path.join('.'));

function set(source: string, address: Address, content: Content): string {
  const change = setLine(source, address, content, isList);
  if (change.refused) throw new Error(`${change.refused} ${source.slice(change.at.from, change.at.to)}`);
  return applied(source, change.edits);
}

function remove(source: string, address: Address): string {
  const change = removeLine(source, address);
  if (change.refused) throw new Error(change.refused);
  return applied(source, change.edits);
}

/** Address, how, reads of each value. */
function told(source: string): string[] {
  const root = readLines(source);
  if (!root) return [];
  return tell(root, '');
}

function tell(part: Part, at: string): string[] {
  switch (part.kind) {
    case 'object':
      return part.fields.flatMap((field) => tell(field.part, `${at}.${field.name}`));
    case 'list':
      return part.items.flatMap((item, index) => tell(item.part, `${at}[${index}]`));
    case 'loop':
      return [`${at} over ${part.source?.join('.')}${part.isChosen ? ' chosen' : ''}`, ...tell(part.each, at)];
    default:
      return [`${at} ${part.how} ${part.reads.map((path) => path.join('.')).join(', ')}`.trim()];
  }
}

describe('reading', () => {
  test.each<[string, string[]]>([
    ['{ "a": x.y, "b": $trigger.z, "c": 1 }', ['.a copied x.y', '.b copied $trigger.z', '.c constant']],
    ['{ "a": $uppercase(x) & y }', ['.a computed x, y']],
    ['{ "a": x ? x : $$.y }', ['.a computed x, y']],
    ['{ "l": lines.{ "s": sku, "o": $$.no } }', ['.l over lines', '.l.s copied lines.sku', '.l.o copied no']],
    [
      '{ "l": [lines[qty > 0]#$i.{ "s": sku, "n": $i + 1 }] }',
      ['.l[0] over lines chosen', '.l[0].s copied lines.sku', '.l[0].n constant'],
    ],
    [
      '{ "l": $map(lines, function($l, $i) { { "s": $l.sku, "at": $i } }) }',
      ['.l over lines', '.l.s copied lines.sku', '.l.at constant'],
    ],
    ['{ "l": $array(lines.{ "s": sku }) }', ['.l over lines', '.l.s copied lines.sku']],
    [
      '( $c := customer; { "n": $c.name, "t": $sum(lines.(qty * price)) } )',
      ['.n copied customer.name', '.t computed lines.qty, lines.price'],
    ],
    ['[a, b].{ "x": y }', [' over undefined', '.x constant']],
    ['$', ['copied']],
    ['{ a: 1 }', ['computed a']],
    [
      'items@$i.orders[id = $i.id].{ "x": $i.no, "y": total }',
      [' over orders chosen', '.x copied items.no', '.y copied orders.total'],
    ],
  ])('%s', (source, expected) => {
    expect(told(source)).toEqual(expected);
  });

  test.each(['', '  ', '{ "a": ', '{ "a": 1 } }'])('nothing of %j', (source) => {
    expect(readLines(source)).toBeUndefined();
  });
});

describe('a line', () => {
  test.each<[string, string, Address, Content, string]>([
    ['begins a mapping', '', ['orderNo'], { copy: ['name'] }, '{\n  "orderNo": name\n}'],
    ['is set in', '{ "a": b /* old */, "c": d }', ['a'], { copy: ['x'] }, '{ "a": x /* old */, "c": d }'],
    ['is added inline', '{ "a": b }', ['c'], { copy: ['x', 'first name'] }, '{ "a": b, "c": x.`first name` }'],
    ['is added on a line', '{\n  "a": b /* why */\n}', ['c'], { copy: ['x'] }, '{\n  "a": b, /* why */\n  "c": x\n}'],
    [
      'is added to one line of several',
      '{\n  "a": b,\n  "c": d\n}',
      ['e'],
      { copy: ['x'] },
      '{\n  "a": b,\n  "c": d,\n  "e": x\n}',
    ],
    [
      'fills an empty object',
      '{ "a": { /* later */ } }',
      ['a', 'b'],
      { copy: ['x'] },
      '{ "a": { /* later */\n  "b": x\n} }',
    ],
    [
      'makes objects',
      '{ "a": b }',
      ['qty', 'value'],
      { copy: ['quantity'] },
      '{ "a": b, "qty": {\n  "value": quantity\n} }',
    ],
    [
      'makes a loop',
      '{\n  "a": b\n}',
      ['lines', 0, 'sku'],
      { copy: ['line_items', 'sku'] },
      '{\n  "a": b,\n  "lines": [line_items.{\n    "sku": sku\n  }]\n}',
    ],
    [
      'goes into a loop',
      '{ "lines": [line_items.{ "sku": sku }] }',
      ['lines', 0, 'qty'],
      { copy: ['line_items', 'quantity'] },
      '{ "lines": [line_items.{ "sku": sku, "qty": quantity }] }',
    ],
    [
      'reaches out of a loop',
      '{ "lines": line_items.{ "sku": sku } }',
      ['lines', 'no'],
      { copy: ['name'] },
      '{ "lines": line_items.{ "sku": sku, "no": $$.name } }',
    ],
    [
      'uses the name of a function',
      '{ "lines": $map(line_items, function($l) { { "sku": $l.sku } }) }',
      ['lines', 'qty'],
      { copy: ['line_items', 'quantity'] },
      '{ "lines": $map(line_items, function($l) { { "sku": $l.sku, "qty": $l.quantity } }) }',
    ],
    [
      'makes a loop in a loop',
      '{ "lines": [line_items.{ "sku": sku }] }',
      ['lines', 0, 'taxes', 0, 'rate'],
      { copy: ['line_items', 'tax_lines', 'rate'] },
      '{ "lines": [line_items.{ "sku": sku, "taxes": [tax_lines.{\n  "rate": rate\n}] }] }',
    ],
    ['is a loop', '{}', ['lines'], { loop: ['line_items'] }, '{\n  "lines": [line_items.{}]\n}'],
    [
      'takes another list',
      '{ "l": $map(a, function($x) { { "s": $x.sku } }) }',
      ['l'],
      { loop: ['b'] },
      '{ "l": $map(b, function($x) { { "s": $x.sku } }) }',
    ],
    ['is an expression', '{ "a": b }', ['a'], { text: '$uppercase(b)' }, '{ "a": $uppercase(b) }'],
    ['of a variable', '{ "a": b }', ['c'], { copy: ['$nodes', 'map', 'id'] }, '{ "a": b, "c": $nodes.map.id }'],
    ['is a list of values', '{ "a": b }', ['tags', 0], { copy: ['tags'] }, '{ "a": b, "tags": [tags] }'],
    [
      'joins a list',
      '{ "r": [{ "id": id }] }',
      ['r', 1, 'id'],
      { copy: ['no'] },
      '{ "r": [{ "id": id }, {\n  "id": no\n}] }',
    ],
    ['in a block', '( $x := a; { "n": $x } )', ['m'], { copy: ['a', 'b'] }, '( $x := a; { "n": $x, "m": $x.b } )'],
  ])('%s', (_name, source, address, content, expected) => {
    expect(set(source, address, content)).toBe(expected);
  });

  test('does not replace an expression that gives the whole', () => {
    const source = '{ "a": $merge([x, y]) }';
    expect(setLine(source, ['a', 'b'], { copy: ['z'] })).toEqual({ refused: 'expression', at: { from: 7, to: 21 } });
    expect(setLine('{ "a": ', ['a'], { copy: ['z'] })).toMatchObject({ refused: 'syntax' });
  });

  test.each<[string, string, Address, string]>([
    ['inline, first', '{ "a": x, "b": y }', ['a'], '{ "b": y }'],
    ['inline, last', '{ "a": x, "b": y }', ['b'], '{ "a": x }'],
    ['inline, alone', '{ "a": x }', ['a'], '{}'],
    ['on a line', '{\n  "a": x,\n  "b": y,\n  "c": z\n}', ['b'], '{\n  "a": x,\n  "c": z\n}'],
    ['on the last line', '{\n  "a": x,\n  "b": y\n}', ['b'], '{\n  "a": x\n}'],
    [
      'with remarks',
      '{\n  "a": x, /* of a */\n  "b": y /* of b */\n}',
      ['b'],
      '{\n  "a": x /* of a */\n  /* of b */\n}',
    ],
    ['of a loop', '{ "l": [i.{ "a": x, "b": y }] }', ['l', 0, 'a'], '{ "l": [i.{ "b": y }] }'],
    ['an item', '[a, b, c]', [1], '[a, c]'],
    ['what is not there', '{ "a": x }', ['b'], '{ "a": x }'],
  ])('is removed: %s', (_name, source, address, expected) => {
    expect(remove(source, address)).toBe(expected);
  });
});

test('a field takes another name, unless one has it', () => {
  const source = '{ "l": [i.{ "a": x /* so */, "b": y }] }';
  const change = renameLine(source, ['l', 0, 'a'], 'odd "name"');
  expect(change.refused ? change.refused : applied(source, change.edits)).toBe(
    '{ "l": [i.{ "odd \\"name\\"": x /* so */, "b": y }] }',
  );
  expect(renameLine(source, ['l', 0, 'a'], 'b')).toMatchObject({ refused: 'taken' });
  expect(renameLine(source, ['l', 0, 'a'], 'a')).toEqual({ edits: [] });
  expect(renameLine(source, ['l', 0, 'z'], 'q')).toEqual({ edits: [] });
});

/** Mappings of objects, lists and loops, laid out one way or another, with remarks. */
const key = fc.constantFrom('a', 'b', 'c', 'odd key', 'in');
const value = fc.constantFrom('x', 'y.z', '$uppercase(x)', '1', '"t"', 'x ? y', '$sum(y.n)', '$$.q', '(x; y)');
const blank = fc.constantFrom(' ', '\n  ', ' /* so */ ', '');
const text = fc.letrec<{ part: string; object: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    value,
    tie('object'),
    fc.tuple(fc.array(tie('part'), { maxLength: 3 }), blank).map(([items, gap]) => `[${items.join(`,${gap}`)}]`),
    fc.tuple(fc.constantFrom('rows', 'r[n > 0]', '$$.rows'), tie('object')).map(([over, each]) => `${over}.${each}`),
    tie('object').map((each) => `$map(rows, function($r) { ${each} })`),
  ),
  object: fc
    .tuple(fc.uniqueArray(key, { maxLength: 4 }), fc.array(tie('part'), { minLength: 4, maxLength: 4 }), blank, blank)
    .map(([keys, parts, gap, end]) => {
      const pairs = keys.map((name, at) => `${gap}${JSON.stringify(name)}:${end}${parts[at]}`);
      return `{${pairs.join(`${end},`)}${gap}}`;
    }),
}));
const mapping = fc.oneof(
  text.object,
  text.part,
  text.object.map((each) => `( $v := x.y; ${each} )`),
);

/** Every place that the mapping makes something at. */
function addresses(part: Part, at: Address = []): Address[] {
  const made = part.kind === 'loop' ? part.each : part;
  if (made.kind === 'object')
    return [at, ...made.fields.flatMap((field) => addresses(field.part, [...at, field.name]))];
  if (made.kind === 'list') return [at, ...made.items.flatMap((item, index) => addresses(item.part, [...at, index]))];
  return [at];
}

const RUNS = { numRuns: 300 };

describe('laws', () => {
  test('what a line says, written again, is the same text', () => {
    fc.assert(
      fc.property(mapping, (source) => {
        const root = readLines(source);
        if (!root) throw new Error(`not read: ${source}`);
        for (const address of addresses(root)) {
          const { from, to } = lineAt(root, address, { from: 0, to: source.length })?.value ?? { from: 0, to: 0 };
          expect(set(source, address, { text: source.slice(from, to) })).toBe(source);
        }
      }),
      RUNS,
    );
  });

  test('a line changes what it names, and nothing else', () => {
    fc.assert(
      fc.property(mapping, fc.nat(), fc.nat(), (source, which, fresh) => {
        const root = readLines(source) as Part;
        const all = addresses(root);
        const base = all[which % all.length] as Address;
        const address = fresh % 2 === 0 ? base : [...base, 'brand new'];
        const change = setLine(source, address, { copy: ['fresh', 'value'] }, isList);
        if (change.refused) return;
        const after = applied(source, change.edits);
        const isOutside = (line: string) => !line.startsWith(place(address));
        expect(
          told(after)
            .filter((line) => line.startsWith(place(address)))
            .join(),
        ).toContain('fresh.value');
        if (told(source).every(isOutside)) expect(told(after).filter(isOutside)).toEqual(told(source));
        else expect(told(after).filter(isOutside)).toEqual(told(source).filter(isOutside));
        expect(remarks(after).length).toBeGreaterThanOrEqual(fresh % 2 === 0 ? 0 : remarks(source).length);
      }),
      RUNS,
    );
  });

  test('a new field that is removed leaves what was there', () => {
    fc.assert(
      fc.property(mapping, fc.nat(), (source, which) => {
        const all = addresses(readLines(source) as Part);
        const address = [...(all[which % all.length] as Address), 'brand new'];
        const change = setLine(source, address, { text: '1' });
        if (change.refused) return;
        const after = remove(applied(source, change.edits), address);
        expect(told(after)).toEqual(told(source));
        expect(remarks(after)).toEqual(remarks(source));
      }),
      RUNS,
    );
  });
});

const remarks = (source: string) => source.match(/\/\*.*?\*\//g) ?? [];

/** The beginning of what `told` says of an address: loops have no step. */
const place = (address: Address) =>
  address.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');

test('a mapping drawn from nothing does what it says', async () => {
  let source = '';
  for (const [address, copy] of [
    [['orderNo'], ['name']],
    [
      ['lines', 0, 'sku'],
      ['line_items', 'sku'],
    ],
    [
      ['lines', 0, 'qty', 'value'],
      ['line_items', 'quantity'],
    ],
    [['lines', 0, 'orderNo'], ['name']],
    [
      ['buyer', 'email'],
      ['customer', 'email'],
    ],
  ] as [Address, string[]][])
    source = set(source, address, { copy });
  const order = { name: '#1', customer: { email: 'a@b' }, line_items: [{ sku: 'A', quantity: 2 }] };
  expect(await compileMapping(source).evaluate(order)).toEqual({
    orderNo: '#1',
    lines: [{ sku: 'A', qty: { value: 2 }, orderNo: '#1' }],
    buyer: { email: 'a@b' },
  });
});

/** Whether a field can be added to what is made. */
const takesFields = (part: Part): boolean => (part.kind === 'loop' ? takesFields(part.each) : part.kind === 'object');

describe('mappings of flows', () => {
  const folder = new URL('../../../../flows/', import.meta.url);
  const flows = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const mappings = flows.flatMap(({ name }) => {
    const flow: { nodes: { id: string; config?: { mapping?: string } }[] } = JSON.parse(
      readFileSync(new URL(`${name}/flow.json`, folder), 'utf8'),
    );
    return flow.nodes.flatMap(({ id, config }) =>
      config?.mapping ? [[`${name} ${id}`, config.mapping] as const] : [],
    );
  });

  test.each(mappings)('%s', (_name, source) => {
    const root = readLines(source) as Part;
    for (const address of addresses(root)) {
      const { from, to } = lineAt(root, address, { from: 0, to: source.length })?.value ?? { from: 0, to: 0 };
      expect(set(source, address, { text: source.slice(from, to) })).toBe(source);
    }
    if (!takesFields(root)) return;
    const added = set(source, ['brand new'], { text: '1' });
    expect(remove(added, ['brand new'])).toBe(source);
  });

  test('are shown as lines, but those that make lists of events by a function', () => {
    const others = mappings.filter(([, source]) => !takesFields(readLines(source) as Part)).map(([name]) => name);
    expect(others.filter((name) => !name.startsWith('order-events-in '))).toEqual([]);
  });
});
