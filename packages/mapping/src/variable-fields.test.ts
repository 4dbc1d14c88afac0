import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOfVariable, isPlainField } from './variable-fields.ts';

const needed = (source: string) =>
  fieldsOfVariable(source, 'vars').flatMap(({ name, mayBeMissing }) => (mayBeMissing ? [] : [name]));
const known = (source: string) => fieldsOfVariable(source, 'vars').map(({ name }) => name);

describe('the fields that a mapping reads of a variable', () => {
  test.each([
    ["$vars.erpUrl & '/orders'", ['erpUrl']],
    ['{ "a": $vars.a, "b": [items.{ "c": $vars.c.deep[0] }] }', ['a', 'c']],
    ['$vars."two words" + $vars.`back ticks`', ['two words', 'back ticks']],
    ['($vars).x', ['x']],
    ['$map(lines, function($l) { $vars.rate * $l.price })', ['rate']],
    ['orders[country = $vars.country]^($vars.by).no', ['country', 'by']],
    ['$vars.list[0] ~> $string', ['list']],
    ['$vars.a + $vars.a', ['a', 'a']],
    ['$vars.on = true ? 1 : 2', ['on']],
    // Another thing of that name, text, or a comment.
    ["vars.x & '$vars.y' /* $vars.z */", []],
    ['payload.$vars', []],
  ])('%s', (source, names) => {
    expect(needed(source)).toEqual(names);
  });

  test.each([
    '$exists($vars.x) ? $vars.x : 1',
    '$vars.x ?? "none"',
    '$vars.x.deep[0] ?? "none"',
    '$vars.x ?: "none"',
    '($vars.x) ?: "none"',
    '$vars.x ? 1 : 2',
    '$lookup($vars, "x")',
  ])('%s asks whether there is one', (source) => {
    expect([needed(source), new Set(known(source))]).toEqual([[], new Set(['x'])]);
  });

  test.each([
    '$vars.*',
    '$lookup($vars, name)',
    '$vars.("x")[0]',
    '$keys($vars)',
    '($v := $vars; $v.x)',
    '($vars := { "x": 1 }; $vars.x)',
    'lines.(function($vars) { $vars.x })($)',
    'lines@$vars.$vars.x',
    '$vars.',
    '$vars.x +',
  ])('%s tells none', (source) => {
    expect(known(source)).toEqual([]);
  });

  test('what stands beside the question must be there', () => {
    expect(needed('$vars.a & $vars.b ?? "none"')).toEqual(['a', 'b']);
    expect(needed('$exists($vars.a) and $vars.b')).toEqual(['b']);
  });

  test('places are those of the names, and no text makes it fail', () => {
    expect(fieldsOfVariable('1 + $vars.rate', 'vars')).toEqual([{ name: 'rate', position: 10, mayBeMissing: false }]);
    expect(fieldsOfVariable(`${'('.repeat(20_000)}$vars.x`, 'vars')).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('$vars', '.x', '(', ')', '?', ':', '??', '"', '/*', '~>', '{', '[', ' ')),
        (parts) => {
          const source = parts.join('');
          for (const { name, position } of fieldsOfVariable(source, 'vars'))
            expect(source.slice(position, position + name.length)).toBe(name);
        },
      ),
    );
  });
});

test.each([
  ...['erpUrl', 'erp_url', '_x', 'url2', 'größe', 'order', 'input'].map((name) => [name, true] as const),
  ...['', ' ', 'two words', ' erp', 'erp ', 'erp-url', 'a.b', 'a[0]', '2nd', '$x', '`x`', '"x"', "'x'"].map(
    (name) => [name, false] as const,
  ),
  ...['*', '%', 'a&b', 'a/*b*/', 'x?', 'x:y', 'a=b', 'a;b', '('].map((name) => [name, false] as const),
])('a field named %j is read as $vars.name: %s', (name, isPlain) => {
  expect(isPlainField(name)).toBe(isPlain);
});
