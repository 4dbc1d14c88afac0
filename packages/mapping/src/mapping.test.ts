import { isFlowError } from '@crossdock/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMapping, compileMapping } from './index.ts';

const evaluate = async (source: string, input: unknown = {}, options = {}): Promise<unknown> =>
  compileMapping(source, options).evaluate(input);

async function failure(run: Promise<unknown>) {
  const error = await run.then(
    (value) => expect.unreachable(`gave ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!isFlowError(error)) throw error;
  return error;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

describe('a result', () => {
  test('is plain JSON: without functions or marks on lists', async () => {
    const result = await evaluate('{ "list": lines.sku, "fn": $sum, "own": function($x) { $x }, "some": [$sum, 1] }', {
      lines: [{ sku: 'a' }, { sku: 'b' }],
    });
    expect(result).toStrictEqual({ list: ['a', 'b'], some: [null, 1] });
    expect(Object.keys((result as { list: object }).list)).toEqual(['0', '1']);
    expect(structuredClone(result)).toEqual(result);
  });

  test('of nothing stays undefined, a function is nothing', async () => {
    expect(await evaluate('missing.field')).toBeUndefined();
    expect(await evaluate('$sum')).toBeUndefined();
  });

  test('shares nothing with its input', async () => {
    const input = { order: { lines: [{ sku: 'a' }] } };
    const result = (await evaluate('order', input)) as typeof input.order;
    expect(result).toStrictEqual(input.order);
    result.lines[0] = { sku: 'changed' };
    expect(input.order.lines[0]?.sku).toBe('a');
  });

  test('leaves whatever input it gets unchanged', async () => {
    const sources = ['$', '**', '$keys($)', '$ ~> |*|{"added": 1}|', '$map($, $string)', '[$, $]', '$append($, 1)[]'];
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...sources), async (input, source) => {
        const before = JSON.stringify(input);
        await evaluate(source, frozen(input)).catch((error) =>
          expect(['DATA_MAPPING', 'DATA_FORBIDDEN_KEY']).toContain(error.code),
        );
        expect(JSON.stringify(input)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  test('is the input itself for the mapping $, whatever JSON that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        fc.pre(!/"(__proto__|_jsonata_\w+)"/.test(JSON.stringify(input)));
        expect(JSON.stringify(await evaluate('$', input))).toBe(JSON.stringify(input));
      }),
    );
  });
});

describe('an error', () => {
  test('names code, position and token, and quotes no payload', async () => {
    const error = await failure(evaluate('{ "a": 1, "b": $number(secret) }', { secret: 'hunter2' }));
    expect(error.code).toBe('DATA_MAPPING');
    expect(error.details).toMatchObject({ code: 'D3030', token: 'number', position: 23, from: 16 });
    expect(JSON.stringify([error.message, error.details])).not.toContain('hunter2');
    expect(error.message).toContain('a string of 7 characters');
  });

  test('keeps the words that the author gave to $error', async () => {
    const error = await failure(evaluate('$error("no ship-to address")'));
    expect(error.message).toContain('no ship-to address');
  });

  test.each([
    ['$uppercase(5)', 'Argument 1 of function "uppercase" must be a string, and is a number'],
    ['$substring("x", 1, "y")', 'Argument 3 of function "substring" must be a number, and is a string of 1 characters'],
    ['$substring("x", [1])', 'Argument 2 of function "substring" must be a number, and is a list of 1 (a number)'],
    ['$round(1, 2, 3)', 'Argument 3 of function "round" must be left out, and is a number'],
    ['$number({})', 'Argument 1 of function "number" must be a string or a number or a boolean, and is an object'],
    ['$map([1], 5)', 'Argument 2 of function "map" must be a function, and is a number'],
    [
      '$sum([1, "x"])',
      'Argument 1 of function "sum" must be an array of numbers, and is a list of 2 (a number, a string)',
    ],
    ['[5].$substring(1)', 'the context value cannot take its place: it must be a string, and is a number'],
  ])('of an argument names what is wanted and what is there: %s', async (source, message) => {
    expect((await failure(evaluate(source))).message).toContain(message);
  });

  test('of syntax has the position where the token begins', () => {
    expect(checkMapping('{ "a": }')).toMatchObject({ code: 'S0211', position: 7, token: '}', behind: 8 });
    expect(checkMapping('{ "a": 1 }')).toBeUndefined();
    expect(checkMapping('')).toMatchObject({ position: 0 });
    expect(() => compileMapping('a +')).toThrow(
      expect.objectContaining({ code: 'DATA_MAPPING', details: expect.objectContaining({ code: 'S0207' }) }),
    );
  });

  test('comes for an expression nested far too deeply, parsed or not', () => {
    const problem = checkMapping(`${'('.repeat(50_000)}1${')'.repeat(50_000)}`);
    expect(problem?.message).toBeTruthy();
  });
});

describe('limits', () => {
  /** What is told of how far each goes. */
  const MOST: Readonly<Record<string, string>> = {
    depth: '5000 levels',
    time: '200 ms',
    'sequence length': '10000000 elements',
    'string length': '(16777216 characters|what JavaScript allows)',
    'result size': '16777216 bytes',
  };
  test.each([
    ['infinite recursion', '( $f := function($n) { $f($n + 1) + 1 }; $f(1) )', 'depth'],
    ['an endless tail call', '( $f := function($n) { $f($n + 1) }; $f(1) )', 'time'],
    ['a huge range', '[1..10000001]', 'sequence length'],
    ['doubling a list', '$reduce([1..40], function($list, $n) { $append($list, $list) }, [1..100])', 'sequence length'],
    ['$pad', '$length($pad("x", 200000000))', 'string length'],
    ['doubling a string', '( $f := function($s) { $f($s & $s) }; $f("abc") )', 'string length'],
    [
      'a doubled string in $substring',
      '$substring($reduce([1..28], function($s, $n) { $s & $s }, "ab"), 1)',
      'string length',
    ],
    ['a doubled string as result', '$reduce([1..26], function($s, $n) { $s & $s }, "ab")', 'result size'],
    ['a doubled list as result', '$reduce([1..40], function($x, $n) { { "a": $x, "b": $x } }, 1)', 'result size'],
    ['a bomb inside $eval', '$eval("( $f := function($n) { $f($n + 1) + 1 }; $f(1) )")', 'depth'],
  ])('stop %s', async (_name, source, limit) => {
    const timeoutMs = limit === 'time' ? 200 : 15_000;
    const error = await failure(evaluate(source, {}, { maxDepth: 5000, timeoutMs }));
    expect(error.code).toBe('DATA_MAPPING_LIMIT');
    expect(error.details.limit).toBe(limit);
    expect(error.message).toMatch(new RegExp(`its ${limit} limit of ${MOST[limit]}`));
  });

  test('count the time of one evaluation, not that of the others beside it', async () => {
    const source = '$sum([1..20000].($ * 2))';
    const alone = performance.now();
    await evaluate(source);
    const timeoutMs = Math.max(200, Math.ceil((performance.now() - alone) * 8));
    await Promise.all(Array.from({ length: 50 }, () => evaluate(source, {}, { timeoutMs })));
  });

  test('let a wide object, a group-by of thousands and a long list through', async () => {
    const patient = { timeoutMs: 15_000 };
    const wide = `{ ${Array.from({ length: 600 }, (_, at) => `"f${at}": a.b & "x"`).join(', ')} }`;
    expect(Object.keys((await evaluate(wide, { a: { b: 1 } }, patient)) as object)).toHaveLength(600);
    const rows = Array.from({ length: 3000 }, (_, at) => ({ k: `k${at}`, v: at }));
    expect(Object.keys((await evaluate('$ { k: $sum(v) + 1 }', rows, patient)) as object)).toHaveLength(3000);
    expect(await evaluate('$count($distinct([1..50000]))', {}, patient)).toBe(50_000);
  });

  test('let a hostile input for a bad pattern pass in linear time', async () => {
    const startedAt = performance.now();
    expect(await evaluate('$contains(text, /^(a+)+$/)', { text: `${'a'.repeat(30)}!` })).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('name a pattern that is too large, at the mapping and inside $eval', async () => {
    expect(checkMapping('$match(a, /(?:x{500}){500}/i)')).toMatchObject({ code: 'REGEX_UNSUPPORTED', position: 11 });
    const error = await failure(evaluate('$eval("$match(\'xy\', /(?:x{500}){500}/)")'));
    expect(error.code).toBe('DATA_MAPPING');
    expect(error.message).toContain('not supported');
  });
});

describe('regular expressions', () => {
  test.each([
    ['$match("ab12cd3", /([a-z]+)([0-9]+)/).groups', ['ab', '12', 'cd', '3']],
    ['$replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1")', 'Smith, John'],
    ['$replace("a-b", /[a-z]/, function($m) { $uppercase($m.match) })', 'A-B'],
    ['$split("a, b;c", /[,;]\\s*/)', ['a', 'b', 'c']],
    ['$contains("ABC", /b/i)', true],
    ['/^x/m("a\nx").match', 'x'],
    ['[$match("no", /x/)]', []],
  ])('%s works as in JSONata', async (source, expected) => {
    expect(await evaluate(source)).toEqual(expected);
  });
});

describe('guarded functions', () => {
  test.each([
    ['( $first5 := $substring(?, 0, 5); $first5("Hello World") )', 'Hello'],
    ['$map([" a ", "b "], $trim)', ['a', 'b']],
    ['$reduce(["a", "b"], $join)', 'a'],
    ['"a,b" ~> $split(",")', ['a', 'b']],
    ['["x", "y"].$pad(3, "-")', ['x--', 'y--']],
    ['("Ab").$uppercase()', 'AB'],
  ])('%s works as in JSONata', async (source, expected) => {
    expect(await evaluate(source)).toEqual(expected);
  });
});

describe('prototypes', () => {
  test.each([
    '{ "__proto__": { "polluted": true } }',
    '$merge([{ "__proto__": { "polluted": true } }])',
    '{} ~> |$|{ "__proto__": { "polluted": true } }|',
    '$eval("{ \\"__proto__\\": { \\"polluted\\": true } }")',
    '$.__proto__ ~> |$|{ "polluted": true }|',
    '$.constructor.prototype ~> |$|{ "polluted": true }|',
    '$lookup($, "__proto__") ~> |$|{ "polluted": true }|',
    '$spread($).constructor',
    '$toString.constructor("return 1")()',
  ])('cannot be reached or polluted by %s', async (source) => {
    const result = await evaluate(source, { a: 1 }).catch((error) => {
      expect(isFlowError(error)).toBe(true);
      return {};
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((result as Record<string, unknown> | undefined)?.polluted).toBeUndefined();
    expect(typeof result).not.toBe('function');
  });

  test('are not found by names of their members in a payload', async () => {
    expect(await evaluate('[$.toString, $.hasOwnProperty, $lookup($, "constructor")]', {})).toEqual([]);
  });
});

describe('a clock', () => {
  const clock = { nowMs: Date.UTC(2026, 10, 23, 15, 30), seed: 'execution-1/map' };

  test('makes time and chance the same at each evaluation, also side by side', async () => {
    const mapping = compileMapping('[$now(), $millis(), $random(), $random(), $shuffle([1..9])]');
    const other = { ...clock, nowMs: 0, seed: 'execution-2/map' };
    const [first, again, different] = await Promise.all(
      [clock, clock, other].map((one) => mapping.evaluate({}, {}, one)),
    );
    expect(first).toEqual(again);
    expect((first as unknown[]).slice(0, 2)).toEqual(['2026-11-23T15:30:00.000Z', clock.nowMs]);
    expect((different as unknown[])[0]).toBe('1970-01-01T00:00:00.000Z');
    expect((different as unknown[])[2]).not.toBe((first as unknown[])[2]);
  });

  test('keeps the picture and zone of $now', async () => {
    expect(await compileMapping('$now("[Y]-[M01]", "+0100")').evaluate({}, {}, clock)).toBe('2026-11');
  });

  test('gives random numbers in [0, 1), spread', async () => {
    const draws = (await compileMapping('[1..1000].$random()').evaluate({}, {}, clock)) as number[];
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(new Set(draws).size).toBeGreaterThan(990);
  });
});

test('bindings are seen by name', async () => {
  expect(
    await compileMapping('$vars.erpUrl & "/" & $nodes.map.id').evaluate(
      {},
      { vars: { erpUrl: 'u' }, nodes: { map: { id: 1 } } },
    ),
  ).toBe('u/1');
});

test('$distinct keeps first values, equal whatever the order of their keys', async () => {
  const input = { x: [1, '1', { a: 1, b: 2 }, { b: 2, a: 1 }, 1, null, null, [1], [1]] };
  expect(await evaluate('$distinct(x)', input)).toEqual([1, '1', { a: 1, b: 2 }, null, [1]]);
  expect(await evaluate('$distinct(x.y)', { x: [{ y: 1 }, { y: 1 }] })).toBe(1);
});
