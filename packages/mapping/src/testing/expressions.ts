import fc from 'fast-check';
import { CALLS, FUNCTION_NAMES, type Kind } from './built-in-calls.ts';
import { DATE_PICTURES, INTEGER_PICTURES, LITERALS, NUMBER_PICTURES, PATTERNS, SIGNATURES, ZONES } from './literals.ts';
import { FIELDS } from './payloads.ts';

type Text = fc.Arbitrary<string>;

const pick = (...texts: readonly string[]): Text => fc.constantFrom(...texts);

/** Joins texts and arbitraries of text to one; shrinks each part by itself. */
function text(strings: TemplateStringsArray, ...parts: Text[]): Text {
  return fc.tuple(...parts).map((made) => String.raw({ raw: strings }, ...made));
}

const list = (item: Text, separator: string, minLength: number, maxLength: number): Text =>
  fc.array(item, { minLength, maxLength }).map((items) => items.join(separator));

/** Depth is bounded by construction; without this, nested choices would take their first option more and more. */
const DEEP = { depthSize: 'max' } as const;

/** Weighted choice; the first is what is left when nothing may nest any deeper. */
function choose(depth: number, ...options: [number, Text | ((depth: number) => Text)][]): Text {
  const open = options.flatMap(([weight, option]) => {
    if (typeof option !== 'function') return [{ weight, arbitrary: option }];
    return depth > 0 ? [{ weight, arbitrary: option(depth - 1) }] : [];
  });
  return fc.oneof(DEEP, ...open);
}

const quoted = (names: readonly string[]): string[] =>
  names.map((name) => (/^[a-z]\w*$/i.test(name) ? name : `\`${name}\``));
const names = Object.fromEntries(Object.entries(FIELDS).map(([kind, fields]) => [kind, pick(...quoted(fields))])) as {
  [K in keyof typeof FIELDS]: Text;
};
const anyName = fc.oneof(
  DEEP,
  { weight: 3, arbitrary: names.number },
  { weight: 3, arbitrary: names.string },
  { weight: 4, arbitrary: names.list },
  { weight: 2, arbitrary: names.object },
  { weight: 1, arbitrary: names.boolean },
  { weight: 1, arbitrary: names.odd },
);
const variable = pick('$x', '$y', '$i', '$n');

const memo = new Map<string, Text>();

/** Arbitraries are made once for each kind and depth: they are large. */
function once(key: string, depth: number, make: () => Text): Text {
  const id = `${key} ${depth}`;
  const known = memo.get(id) ?? make();
  memo.set(id, known);
  return known;
}

/** What a path may have for a step that is not a plain name. */
const oddStep = (depth: number): Text =>
  once('step', depth, () =>
    choose(
      depth,
      [4, pick('*', '**', '%', '$', '"name"', '%.%')],
      [3, (d) => text`(${any(d)})`],
      [2, (d) => objectText(d)],
      [1, (d) => arrayText(d)],
      [2, (d) => callOf('any', d)],
      [1, (d) => text`$each(${fn(d)})`],
    ),
  );

const suffix = (depth: number): Text =>
  once('suffix', depth, () =>
    choose(
      depth,
      [30, fc.constant('')],
      [4, pick('[0]', '[-1]', '[1]', '[]', '[$]', '[qty]', '[1.5]', '[true]', '[[0,1]]', '[[0..1]]', '[ok]')],
      [2, pick('@$x', '#$i', '@$y', '#$n', '@$x#$i')],
      [4, (d) => text`[${boolean(d)}]`],
      [1, (d) => text`[${any(d)}]`],
      [2, (d) => text`^(${list(text`${pick('', '<', '>')}${fc.oneof(DEEP, number(d), string(d))}`, ', ', 1, 2)})`],
    ),
  );

const group = (depth: number): Text =>
  once('group', depth, () => choose(depth, [14, fc.constant('')], [1, (d) => objectText(d)]));

/** A path whose last step is `last`. */
const pathTo = (last: Text, depth: number): Text => {
  const steps = fc.array(
    text`${fc.oneof(DEEP, { weight: 8, arbitrary: anyName }, { weight: 2, arbitrary: oddStep(depth) })}${suffix(depth)}`,
    { maxLength: 2 },
  );
  const inside = text`${pick('lines', 'order', 'address', '$', '$$', '$x', 'order.lines', '$y')}${suffix(depth)}`;
  return fc
    .tuple(
      fc.oneof(
        DEEP,
        fc.constant([]),
        steps,
        inside.map((step) => [step]),
      ),
      last,
      suffix(depth),
    )
    .map(([before, end, after]) => [...before, `${end}${after}`].join('.'));
};

const number = (depth: number): Text =>
  once('number', depth, () =>
    choose(
      depth,
      [4, pathTo(names.number, Math.min(depth, 1))],
      [3, pick(...LITERALS.number)],
      [1, variable],
      [3, (d) => text`(${number(d)} ${pick('+', '-', '*', '/', '%')} ${number(d)})`],
      [1, (d) => text`${number(d)} ${pick('+', '-', '*', '/', '%')} ${number(d)}`],
      [1, (d) => text`-${number(d)}`],
      [4, (d) => callOf('number', d)],
      [1, (d) => any(d)],
    ),
  );

const string = (depth: number): Text =>
  once('string', depth, () =>
    choose(
      depth,
      [4, pathTo(names.string, Math.min(depth, 1))],
      [3, pick(...LITERALS.string)],
      [1, variable],
      [3, (d) => text`${any(d)} & ${any(d)}`],
      [5, (d) => callOf('string', d)],
      [1, (d) => any(d)],
    ),
  );

const boolean = (depth: number): Text =>
  once('boolean', depth, () =>
    choose(
      depth,
      [2, pick('true', 'false', 'ok', '$exists(name)')],
      [3, (d) => text`${number(d)} ${pick('=', '!=', '<', '<=', '>', '>=')} ${number(d)}`],
      [2, (d) => text`${string(d)} ${pick('=', '!=', '<', '>=')} ${string(d)}`],
      [2, (d) => text`${any(d)} ${pick('=', '!=', 'in')} ${any(d)}`],
      [2, (d) => text`(${boolean(d)} ${pick('and', 'or')} ${any(d)})`],
      [2, (d) => callOf('boolean', d)],
    ),
  );

const array = (depth: number): Text =>
  once('array', depth, () =>
    choose(
      depth,
      [5, pathTo(names.list, Math.min(depth, 1))],
      [2, pick('[]', '[1..3]', '[1,2,2,3]', '["b","a"]', '[[1],[2,[3]]]', 'lines.qty', '$.*', '[1]', '**.name')],
      [2, (d) => arrayText(d)],
      [1, (d) => text`[${number(d)}..${pick('0', '1', '3', 'qty')}]`],
      [4, (d) => callOf('array', d)],
      [1, (d) => pathTo(anyName, d)],
      [1, (d) => any(d)],
    ),
  );

const object = (depth: number): Text =>
  once('object', depth, () =>
    choose(
      depth,
      [4, pathTo(names.object, Math.min(depth, 1))],
      [2, pick('$', '$$', '{}', 'lines[0]', '{"a": 1, "b": [1]}')],
      [3, (d) => objectText(d)],
      [3, (d) => callOf('object', d)],
      [1, (d) => text`(${object(d)} ~> ${transform(d)})`],
      [1, (d) => any(d)],
    ),
  );

const arrayText = (depth: number): Text => text`[${list(any(depth), ', ', 0, 3)}]`;

const objectText = (depth: number): Text => {
  const key = choose(depth, [4, pick('"a"', '"b"', '"c"')], [2, pick('name', 'sku', '$string(qty)')], [1, string]);
  return text`{${list(text`${key}: ${any(depth)}`, ', ', 0, 3)}}`;
};

const transform = (depth: number): Text =>
  text`|${pick('$', 'lines', '**', 'address', 'order.lines[0]', '*')}|${objectText(depth)}${pick('', '', ', "name"', ', ["qty", "sku"]', ', 1')}|`;

const lambda = (depth: number): Text => {
  const head = pick('function($x)', 'function($x, $y)', 'function($x, $y, $n)', 'function()', 'λ($x, $i)');
  const signed = pick(...SIGNATURES);
  return text`${fc.oneof(DEEP, { weight: 8, arbitrary: head }, { weight: 1, arbitrary: signed })}{ ${any(depth)} }`;
};

/** A function value. */
const fn = (depth: number): Text =>
  once('fn', depth, () =>
    choose(
      depth,
      [4, pick(...FUNCTION_NAMES)],
      [1, pick('$x', '$f', '$twice')],
      [8, lambda],
      [1, (d) => text`${pick(...FUNCTION_NAMES)}(?, ${any(d)})`],
      [1, (d) => text`${pick(...FUNCTION_NAMES)}(${any(d)}, ?)`],
      [1, (d) => text`(${fn(d)} ~> ${fn(d)})`],
      [1, pick(...PATTERNS)],
    ),
  );

/** A text of a few of these characters. */
const madeOf = (characters: string): Text =>
  list(pick(...characters), '', 1, 7).map((picture) => JSON.stringify(picture));

const datePicture: Text = list(
  fc.oneof(
    {
      weight: 6,
      arbitrary: text`[${pick(...'YMDdFWwXxHhPmsfZzCE')}${pick('', '', '01', '1', 'N', 'n', 'Nn', 'I', 'i', 'w', 'Ww', 'A', '0001', '1o', '01:01', 't')}${pick('', '', '', ',2', ',2-4', ',*-3', ',3-3')}]`,
    },
    { weight: 3, arbitrary: pick('-', '/', ' ', ':', 'T', '.') },
    { weight: 1, arbitrary: pick('[[', ']]', '(', 'x') },
  ),
  '',
  1,
  5,
).map((picture) => JSON.stringify(picture));

const ofKind: Record<Kind, (depth: number) => Text> = {
  number,
  string,
  boolean,
  array,
  object,
  fn,
  any: (depth) => any(depth),
  comparator: (depth) =>
    fc.oneof(
      DEEP,
      pick('function($x, $y){ $x > $y }', 'function($x, $y){ $x.qty > $y.qty }', 'function($l, $r){ $l < $r }'),
      fn(depth),
    ),
  pattern: (depth) => choose(depth, [6, pick(...PATTERNS)], [4, pick('"a"', '","', '""', '"X"', '" "')], [1, string]),
  regex: () => pick(...PATTERNS),
  replacement: (depth) =>
    choose(
      depth,
      [4, pick('"-"', '"[$1]"', '"$0$0"', '"$2-$1"', '"$$"', '"$12"', '"$"', '""')],
      [2, pick('function($m){ $uppercase($m.match) }', 'function($m){ $m.groups[0] & $m.index }', '$length')],
      [1, fn],
    ),
  numberPicture: (depth) => choose(depth, [6, pick(...NUMBER_PICTURES)], [3, madeOf('#0,.;%e9-‰a')], [1, string]),
  integerPicture: (depth) => choose(depth, [6, pick(...INTEGER_PICTURES)], [3, madeOf('#0,:;owWiIaA1٠')], [1, string]),
  datePicture: (depth) => choose(depth, [5, pick(...DATE_PICTURES)], [4, datePicture], [1, string]),
  zone: () => pick(...ZONES),
  source: (depth) => any(Math.min(depth, 2)).map((source) => JSON.stringify(source)),
};

/** A call of a built-in function that mostly gives that kind, with arguments that mostly fit. */
const callOf = (kind: keyof typeof CALLS, depth: number): Text =>
  once(`call ${kind}`, depth, () =>
    fc.oneof(
      DEEP,
      ...CALLS[kind].map(([name, ...kinds]) => {
        const args = kinds.map((one) =>
          fc.oneof(DEEP, { weight: 15, arbitrary: ofKind[one](depth) }, { weight: 1, arbitrary: any(depth) }),
        );
        const plain = fc.tuple(...args);
        const call = plain.map((texts) => `${name}(${texts.join(', ')})`);
        const chained = plain.map(
          ([first = '$', ...rest]) => `${first} ~> ${name}${rest.length > 0 ? `(${rest.join(', ')})` : ''}`,
        );
        const ofContext = plain.map(([first = '$', ...rest]) => `(${first}).${name}(${rest.join(', ')})`);
        const partly = plain.map((texts) => `${name}(${texts.slice(0, -1).join(', ')})`);
        return {
          weight: 1,
          arbitrary: fc.oneof(
            DEEP,
            { weight: 12, arbitrary: call },
            { weight: 1, arbitrary: chained },
            { weight: 1, arbitrary: ofContext },
            { weight: 1, arbitrary: partly },
          ),
        };
      }),
    ),
  );

const block = (depth: number): Text => {
  const bind = fc.oneof(DEEP, text`${variable} := ${any(depth)}`, text`$f := ${fn(depth)}`);
  const statement = fc.oneof(DEEP, { weight: 3, arbitrary: bind }, { weight: 1, arbitrary: any(depth) });
  const before = fc.array(statement, { maxLength: 2 });
  return fc.tuple(before, any(depth)).map(([statements, last]) => `(${[...statements, last].join('; ')})`);
};

const any = (depth: number): Text =>
  once('any', depth, () =>
    choose(
      depth,
      [3, pathTo(anyName, Math.min(depth, 1))],
      [1, pick(...LITERALS.any)],
      [1, variable],
      [3, (d) => text`${pathTo(fc.oneof(DEEP, anyName, oddStep(d)), d)}${group(d)}`],
      [2, number],
      [2, string],
      [1, boolean],
      [3, array],
      [2, object],
      [1, fn],
      [2, block],
      [1, (d) => text`${boolean(d)} ? ${any(d)} : ${any(d)}`],
      [1, (d) => text`(${any(d)} ${pick('?:', '??')} ${any(d)})`],
      [1, (d) => text`${boolean(d)} ? ${any(d)}`],
      [1, (d) => text`${any(d)} ~> ${fn(d)}`],
      [1, (d) => text`${fn(d)}(${list(any(d), ', ', 0, 2)})`],
      [1, (d) => text`(${any(d)})${suffix(d)}${group(d)}`],
      [1, (d) => callOf('any', d)],
    ),
  );

/** What real mappings are made of, with holes: chance alone seldom makes a join, a parent or a group that finds anything. */
const idiom = (depth: number): Text => {
  const [value, key, test, order] = [any(depth), string(depth), boolean(depth), number(depth)];
  const name = fc.oneof(names.number, names.string, names.list);
  return fc.oneof(
    text`lines@$x.${pick('$$.lines', 'order.lines', '$$.order.lines')}@$y[$x.${name} = $y.${name}].{"a": $x.${name}, "b": $y.${name}, "c": ${value}}`,
    text`lines@$x.tags@$y.[$x.${name}, $y, ${value}]`,
    text`lines#$i[${pick('$i < 2', '$i > 0', '$i = 1', '$i in [0,2]')}].{"i": $i, "v": ${value}}`,
    text`lines@$x#$i.tags@$y#$n.{"i": $i, "n": $n, "v": ${value}}`,
    text`${pick('lines', 'order.lines', '**', '*')}^(${pick('', '>', '<')}${order}, ${pick('>', '<')}${key})${suffix(depth)}.${name}`,
    text`${pick('lines', 'order.lines', '$', 'lines.tags')}{${key}: ${value}}`,
    text`lines@$x{${key}: ${value}}`,
    text`lines.${pick('tags', 'order', 'lines', 'address')}.{"p": %.${name}, "v": ${value}}`,
    text`order.lines.${name}.%${pick('', '.%', '[0]', '.%.name')}${suffix(depth)}`,
    text`lines.(${name} ~> $append(%.${name}))`,
    text`lines[${test}].${name}${pick('', '[]', '[0]')}`,
    text`lines[%.${name} = ${order}].${name}`,
    text`$map(${array(depth)}, function($x, $i, $y){ ${value} })`,
    text`$reduce(${array(depth)}, function($x, $y){ ${value} }${pick('', ', 0', ', []', ', ""')})`,
    text`($f := function($n){ $n <= 0 ? ${value} : $f($n - 1) }; $f(${pick('0', '1', '3')}))`,
    text`($f := function($n){ $n > 1 ? $n * $f($n - 1) : 1 }; lines.$f(qty))`,
    text`$ ~> ${transform(depth)}`,
    text`lines.{ "a": ${value}, "b": $.${name}, "c": $sum(tags.$length($)) }[]`,
    text`${array(depth)}[][${test}]`,
    text`{"lines": [lines.{"n": ${name}, "v": ${value}}], "all": lines.${name}[]}`,
  );
};

const anyCall = (depth: number): Text =>
  fc.oneof(...(['number', 'string', 'boolean', 'array', 'object', 'any'] as const).map((kind) => callOf(kind, depth)));

/** Source text of a mapping: grammatical for the most part, and asking mostly for what `payload` has. */
export const expression: Text = fc.oneof(
  { weight: 2, arbitrary: any(2) },
  { weight: 3, arbitrary: any(3) },
  { weight: 3, arbitrary: any(4) },
  { weight: 1, arbitrary: any(5) },
  { weight: 3, arbitrary: idiom(1) },
  { weight: 1, arbitrary: idiom(3) },
  { weight: 3, arbitrary: anyCall(0) },
  { weight: 1, arbitrary: text`lines.(${anyCall(1)})` },
);
