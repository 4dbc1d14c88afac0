import { entry, type FunctionEntry, failsWith, gives, givesFor } from './entry.ts';

const ORDER = {
  lines: [
    { sku: 'A-1', qty: 2 },
    { sku: 'A-2', qty: 5 },
    { sku: 'A-1', qty: 1 },
  ],
};

export const listEntries: readonly FunctionEntry[] = [
  entry(
    'count(list: any[]): number',
    'The number of elements; 0 for nothing, 1 for a value that is no list.',
    {},
    givesFor(ORDER, '$count(lines)', 3),
    gives('$count(missing)', 0),
  ),
  entry(
    'append(first: any, second: any): any[]',
    'One list of both.',
    {},
    gives('$append([1, 2], 3)', [1, 2, 3]),
    gives('$append(missing, [1])', [1]),
  ),
  entry(
    'sort(list: any[], comesAfter?: function): any[]',
    'A sorted list; equal elements keep their order.',
    {
      comesAfter:
        'of two elements: whether the first belongs behind the second; needed for anything but numbers or texts',
    },
    gives('$sort([3, 1, 2])', [1, 2, 3]),
    givesFor(ORDER, '$sort(lines, function($a, $b) { $a.qty > $b.qty }).qty', [1, 2, 5]),
    failsWith('$sort([1, "a"])', 'D3070'),
  ),
  entry('reverse(list: any[]): any[]', 'The list in reverse order.', {}, gives('$reverse([1, 2, 3])', [3, 2, 1])),
  entry(
    'shuffle(list: any[]): any[]',
    'The list in random order; the same each time an execution is repeated.',
    {},
    gives('$count($shuffle([1, 2, 3]))', 3),
  ),
  entry(
    'distinct(list: any): any',
    'The list without what was in it before.',
    {},
    givesFor(ORDER, '$distinct(lines.sku)', ['A-1', 'A-2']),
  ),
  entry(
    'zip(lists+: any[]): any[]',
    'The first elements of all lists, then the second ones …, as long as the shortest list.',
    {},
    gives('$zip(["a", "b"], [1, 2])', [
      ['a', 1],
      ['b', 2],
    ]),
  ),
  entry(
    'map(list: any[], function: function): any[]',
    'What the function gives for each element.',
    { function: 'of the element, its index and the whole list' },
    gives('$map([1..3], function($x) { $x * 10 })', [10, 20, 30]),
    givesFor(ORDER, '$map(lines, function($line, $i) { ($i + 1) & ": " & $line.sku })', ['1: A-1', '2: A-2', '3: A-1']),
  ),
  entry(
    'filter(list: any[], function: function): any[]',
    'The elements for which the function gives true.',
    { function: 'of the element, its index and the whole list' },
    gives('$filter([1..6], function($x) { $x % 2 = 0 })', [2, 4, 6]),
  ),
  entry(
    'single(list: any[], function?: function): any',
    'The one element for which the function gives true; fails where there is none or more than one.',
    { function: 'of the element, its index and the whole list; always true by default' },
    givesFor(ORDER, '$single(lines, function($line) { $line.sku = "A-2" }).qty', 5),
    failsWith('$single([1, 2])', 'D3138'),
  ),
  entry(
    'reduce(list: any[], function: function, start?: any): any',
    'All elements made into one, from left to right.',
    {
      function: 'of what there is so far, the element, its index and the whole list',
      start: 'what there is at first; the first element by default',
    },
    gives('$reduce([1..5], function($product, $x) { $product * $x })', 120),
  ),
];

export const objectEntries: readonly FunctionEntry[] = [
  entry(
    'keys(-object: object): string[]',
    'The names of the fields; those of all objects in a list, each once.',
    {},
    gives('$keys({"sku": "A-1", "qty": 2})', ['sku', 'qty']),
  ),
  entry(
    'lookup(-object: object, key: string): any',
    'The value of the field of that name; those of all objects in a list.',
    {},
    gives('$lookup({"EA": "PCE", "CS": "CT"}, "EA")', 'PCE'),
  ),
  entry(
    'spread(-object: object): object[]',
    'One object for each field.',
    {},
    gives('$spread({"a": 1, "b": 2})', [{ a: 1 }, { b: 2 }]),
  ),
  entry(
    'merge(objects: object[]): object',
    'One object with the fields of all; later ones win.',
    {},
    gives('$merge([{"a": 1, "b": 1}, {"b": 2}])', { a: 1, b: 2 }),
  ),
  entry(
    'sift(-object: object, function: function): object',
    'The object with the fields for which the function gives true; nothing where there is none.',
    { function: 'of the value, its name and the whole object' },
    gives('$sift({"a": 1, "b": 20}, function($value) { $value > 10 })', { b: 20 }),
  ),
  entry(
    'each(-object: object, function: function): any[]',
    'What the function gives for each field.',
    { function: 'of the value, its name and the whole object' },
    gives('$each({"a": 1, "b": 2}, function($value, $name) { $name & "=" & $value })', ['a=1', 'b=2']),
  ),
  entry(
    'type(value: any): string',
    'The name of its type: null, number, string, boolean, array, object or function.',
    {},
    gives('$type([1])', 'array'),
  ),
  entry('clone(-value: any): any', 'A copy of an object or a list.', {}, gives('$clone({"a": 1})', { a: 1 })),
  entry(
    'error(message?: string): any',
    'Fails with the message.',
    {},
    failsWith('$error("no ship-to address")', 'D3137'),
  ),
  entry(
    'assert(condition: boolean, message?: string): any',
    'Fails with the message unless the condition holds; gives nothing.',
    {},
    failsWith('$assert(1 > 2, "quantity must be positive")', 'D3141'),
  ),
];
