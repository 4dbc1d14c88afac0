import { allNodes, readLines, type SourceNode, type TargetNode, targetTree } from '@crossdock/mapping';
import { describe, expect, test } from 'vitest';
import { boardRows, rowId, rowIndexOf } from './board-rows.ts';
import { dropOn } from './drop-on.ts';
import { contradicted, presenceAt, shortValue, valueAt } from './values-at.ts';

const tree = (text: string) => targetTree(readLines(text), text.length);
const TREE = tree('{ "a": x, "b": { "c": y, "d": z } }');
const idOf = ({ address }: TargetNode) => rowId(address);
const at = (root: TargetNode, ...address: (string | number)[]) =>
  allNodes(root).find((node) => rowId(node.address) === rowId(address)) as TargetNode;

describe('rows', () => {
  test('are the tree, without what is folded away', () => {
    const names = (folded: string[], search?: string) =>
      boardRows([TREE], idOf, new Set(folded), search).map(({ node, depth }) => `${depth} ${node.name}`);
    expect(names([])).toEqual(['0 ', '1 a', '1 b', '2 c', '2 d']);
    expect(names([rowId(['b'])])).toEqual(['0 ', '1 a', '1 b']);
    expect(names([rowId(['b'])], ' D')).toEqual(['0 ', '1 b', '2 d']);
    // What was looked for by its name is there with its fields, to be dragged.
    expect(names([rowId(['b'])], 'b')).toEqual(['0 ', '1 b', '2 c', '2 d']);
    expect(names([], 'q')).toEqual([]);
  });

  test('a line ends at the nearest that shows', () => {
    const ids = new Map(boardRows([TREE], idOf, new Set([rowId(['b'])])).map(({ id }, index) => [id, index]));
    expect(rowIndexOf(ids, ['b', 'c'])).toBe(2);
    expect(rowIndexOf(new Map(), ['b'])).toBeUndefined();
  });
});

describe('values', () => {
  const value = { lines: [{ sku: 'A', note: '' }, { sku: 'B' }], none: null, tags: ['x', 'y'], no: 0 };

  test.each<[(string | number)[], unknown, string]>([
    [['lines', 0, 'sku'], 'A', 'full'],
    [['lines', 'sku'], 'A', 'full'],
    [['lines', 0, 'note'], '', 'empty'],
    [['lines', 1, 'sku'], 'B', 'full'],
    [['none'], null, 'empty'],
    [['no'], 0, 'full'],
    [['tags'], ['x', 'y'], 'full'],
    [['missing', 'x'], undefined, 'empty'],
    [['no', 'toString'], undefined, 'empty'],
  ])('%j', (steps, expected, presence) => {
    expect(valueAt(value, steps)).toEqual(expected);
    expect(presenceAt(value, steps)).toBe(presence);
  });

  test('are there in some elements', () => {
    expect(presenceAt([{ a: 1 }, {}], [0, 'a'])).toBe('some');
    expect(presenceAt([], [0, 'a'])).toBe('empty');
  });

  test('are of the type that is expected, where one is', () => {
    expect(contradicted('518.26', 'number')).toBe('number');
    expect(contradicted(['a', 'b'], 'string (date)')).toBe('string');
    const fitting: [unknown, string][] = [
      [1, 'number'],
      ['1', 'number | null'],
      ['x', '"x" | "y"'],
      [null, 'string'],
      [{}, '{ a }'],
      [1, ''],
    ];
    for (const [each, type] of fitting) expect(contradicted(each, type)).toBeUndefined();
  });

  test('are short', () => {
    const count = (length: number) => `${length} items`;
    expect([undefined, null, 'x', 1, {}, { a: 1 }, [1]].map((each) => shortValue(each, count))).toEqual([
      '',
      'null',
      '"x"',
      '1',
      '{}',
      '{…}',
      '1 items',
    ]);
    expect(shortValue('x'.repeat(99), count)).toHaveLength(60);
  });
});

describe('dropping', () => {
  const source = (name: string, rest: Partial<SourceNode> = {}): SourceNode => ({
    ...{ path: [name], name, isList: false, type: '', children: [] },
    ...rest,
  });
  const rows = source('rows', { isList: true, children: [source('sku')] });
  const made = tree('{ "a": x, "b": { "c": y }, "l": [rows.{ "s": sku }], "m": rows.{ "s": sku } }');

  test.each<[string, TargetNode, SourceNode, unknown]>([
    ['on a field sets it', at(made, 'a'), source('n'), { address: ['a'], content: { copy: ['n'] } }],
    ['on an object adds to it', at(made, 'b'), source('n'), { address: ['b', 'n'], content: { copy: ['n'] } }],
    ['on the result adds to it', made, source('n'), { address: ['n'], content: { copy: ['n'] } }],
    ['on an empty result begins it', tree(''), source('n'), { address: ['n'], content: { copy: ['n'] } }],
    ['of a list on the result loops', made, rows, { address: ['rows'], content: { loop: ['rows'] } }],
    ['of a list on a list loops', at(made, 'l'), rows, { address: ['l'], content: { loop: ['rows'] } }],
    [
      'on a list adds to what it makes',
      at(made, 'l'),
      source('n'),
      { address: ['l', 0, 'n'], content: { copy: ['n'] } },
    ],
    ['on a loop adds to what it makes', at(made, 'm'), source('n'), { address: ['m', 'n'], content: { copy: ['n'] } }],
  ])('%s', (_name, target, dragged, expected) => {
    expect(dropOn(target, dragged)).toEqual(expected);
  });
});
