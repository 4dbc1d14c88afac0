import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import type { AstNode, Pair } from '../compile/ast-node.ts';
import { suiteCases } from '../testing/suite-cases.ts';
import { childrenOf, type Node } from './node.ts';
import { parseMapping } from './parse.ts';

const OWN = [
  'a.b[0].c[x = 1].d',
  '{ "a": b.{ "c": d & "e" }, "f": [1..3, -2] }',
  '( $x := function($a, $b)<nn:n>{ $a / $b }; $x(1, 2) )',
  'a@$l.b#$i[$i > 0]^(<c, >d){ e: $sum(f) }',
  '$match(a, /[/]x/i) /* / " */ ~> |$|{ "b": 1 }, ["c"]|',
  'a ?? b ? c : d ?: e',
  'and or or and in % * / 2',
  '$f(?, 1) in [true, false, null]',
];

const suite = suiteCases().map(({ expr }) => expr);

describe('parseMapping', () => {
  test.skipIf(suite.length === 0)("builds the tree that JSONata's own parser builds, on its suite", () => {
    const different = suite.filter((source) => {
      const theirs = theirText(source);
      return theirs !== undefined && theirs !== ourText(source);
    });
    expect(different).toEqual([]);
  });

  test.each(OWN)("builds the tree that JSONata's own parser builds: %s", (source) => {
    expect(ourText(source)).toBe(theirText(source));
  });

  test('gives each node its exact place', () => {
    const source = '{ "a": items[qty > 1].`odd name` & $sum( x, 2 ) }';
    const texts = all(parseMapping(source).root).map(({ from, to }) => source.slice(from, to));
    expect(texts).toContain('items[qty > 1].`odd name`');
    expect(texts).toContain('`odd name`');
    expect(texts).toContain('qty > 1');
    expect(texts).toContain('$sum( x, 2 )');
  });

  test.each([
    ['{ "a": items., "b": x }', 'x'],
    ['{ "a": items[qty > , "b": x }', 'x'],
    ['{ "a": $sum(items.qty, "b": x }', 'x'],
    ['{ "a": items.{ "b": 1 "c": x }', 'x'],
    ['( $a := ; x )', 'x'],
    ['a) + x', 'x'],
    ['a ? : x', 'x'],
    ['function($a){ $sum(1 } & x', 'x'],
  ])('reads on behind what is missing: %s', (source, name) => {
    const { root, isWhole } = parseMapping(source);
    expect(isWhole).toBe(false);
    expect(all(root).some((node) => node.kind === 'name' && node.name === name)).toBe(true);
  });
});

function* each(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* each(child);
}
const all = (node: Node): Node[] => [...each(node)];

/** `[]` may stand before or behind a filter, and is noted on path and step. */
function normal(text: string): string {
  const bare = text.replaceAll('[]', '');
  return bare.length < text.length ? `${bare} keeps` : bare;
}

function ourText(source: string): string {
  const { root, isWhole } = parseMapping(source);
  return isWhole ? normal(ours(root)) : 'not whole';
}

function ours(node: Node): string {
  switch (node.kind) {
    case 'name':
      return JSON.stringify(node.name);
    case 'string':
      return JSON.stringify(node.text);
    case 'number':
      return String(Number(node.text));
    case 'value':
      return node.text;
    case 'regex':
      return 'regex';
    case 'variable':
      return `$${node.name}`;
    case 'wildcard':
      return '*';
    case 'descendant':
      return '**';
    case 'parent':
      return '%';
    case 'placeholder':
      return '?';
    case 'missing':
      return '!';
    case 'path':
      return `${ours(node.target)}.${ours(node.step)}`;
    case 'filter':
      return `${ours(node.target)}[${ours(node.test)}]`;
    case 'keep':
      return `${ours(node.target)}[]`;
    case 'group':
      return `${ours(node.target)}{${node.pairs.map(({ key, value }) => `${ours(key)}:${ours(value)}`)}}`;
    case 'sort':
      return `${ours(node.target)}^(${node.terms.map(ours)})`;
    case 'focus':
      return `${ours(node.target)}@${ours(node.variable)}`;
    case 'position':
      return `${ours(node.target)}#${ours(node.variable)}`;
    case 'object':
      return `{${node.pairs.map(({ key, value }) => `${ours(key)}:${ours(value)}`)}}`;
    case 'array':
      return `Array(${node.items.map(ours)})`;
    case 'block':
      return `(${node.items.map(ours).join(';')})`;
    case 'call':
      return `${ours(node.callee)}(${node.args.map(ours)})`;
    case 'lambda':
      return `function(${node.params.map(ours)}){${ours(node.body)}}`;
    case 'condition':
      return `if(${ours(node.test)},${ours(node.then)},${node.otherwise ? ours(node.otherwise) : ''})`;
    case 'bind':
      return `bind(${ours(node.variable)},${ours(node.value)})`;
    case 'transform':
      return `|${ours(node.pattern)}|${ours(node.update)},${node.remove ? ours(node.remove) : ''}|`;
    case 'negate': {
      const operand = ours(node.operand);
      return /^-?[\d.e+-]+$/.test(operand) ? String(-Number(operand)) : `neg(${operand})`;
    }
    case 'binary': {
      const [left, right] = [ours(node.left), ours(node.right)];
      if (node.operator === '?:') return `if(${left},${left},${right})`;
      if (node.operator === '??') return `if($exists(${left}),${left},${right})`;
      return `(${left} ${node.operator} ${right})`;
    }
  }
}

function theirText(source: string): string | undefined {
  try {
    return normal(theirs(jsonata(source).ast() as unknown as AstNode));
  } catch {
    return undefined;
  }
}

function theirs(node: AstNode | undefined): string {
  if (!node) return '';
  const { focus, index, group } = node;
  const filters = [...(node.stages ?? []), ...(node.predicate ?? [])]
    .map(({ type, value, expr }) => (type === 'index' ? `#$${value}` : `[${theirs(expr)}]`))
    .join('');
  return [
    theirBase(node),
    focus === undefined ? '' : `@$${focus}`,
    index === undefined ? '' : `#$${index}`,
    filters,
    node.keepArray && node.type !== 'apply' ? '[]' : '',
    group ? `{${group.lhs.map(theirPair)}}` : '',
  ].join('');
}

const theirPair = ([key, value]: Pair): string => `${theirs(key)}:${theirs(value)}`;

const theirAll = (nodes: readonly AstNode[] = []): string[] => nodes.map(theirs);

function theirBase(node: AstNode): string {
  const lhs = node.lhs as AstNode;
  switch (node.type) {
    case 'path':
      return (node.steps ?? []).reduce(
        (text, step, at) => text + (at > 0 && step.type !== 'sort' ? '.' : '') + theirs(step),
        '',
      );
    case 'sort':
      return `^(${node.terms?.map(({ expression }) => theirs(expression))})`;
    case 'name':
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
    case 'value':
      return String(node.value);
    case 'regex':
      return 'regex';
    case 'variable':
      return `$${node.value}`;
    case 'wildcard':
      return '*';
    case 'descendant':
      return '**';
    case 'parent':
      return '%';
    case 'operator':
      return '?';
    case 'unary':
      if (node.value === '[') return `Array(${theirAll(node.expressions)})`;
      if (node.value === '{') return `{${(node.lhs as readonly Pair[]).map(theirPair)}}`;
      return `neg(${theirs(node.expression)})`;
    case 'block':
      return `(${theirAll(node.expressions).join(';')})`;
    case 'function':
    case 'partial':
      return `${theirs(node.procedure)}(${theirAll(node.arguments)})`;
    case 'lambda':
      return node.thunk ? theirs(node.body) : `function(${theirAll(node.arguments)}){${theirs(node.body)}}`;
    case 'condition':
      return `if(${theirs(node.condition)},${theirs(node.then)},${theirs(node.else)})`;
    case 'bind':
      return `bind(${theirs(lhs)},${theirs(node.rhs)})`;
    case 'apply':
      return `(${theirs(lhs)} ~> ${theirs(node.rhs)})`;
    case 'transform':
      return `|${theirs(node.pattern)}|${theirs(node.update)},${theirs(node.delete)}|`;
    default:
      return `(${theirs(lhs)} ${node.value} ${theirs(node.rhs)})`;
  }
}
