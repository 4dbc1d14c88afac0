import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from './index.ts';

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 1));

/** A look-up that counts its calls, and how many were open at once. */
function createLookup() {
  const asked: unknown[] = [];
  let open = 0;
  let mostOpen = 0;
  const find = async (key: unknown) => {
    asked.push(key);
    open++;
    mostOpen = Math.max(mostOpen, open);
    await later(undefined);
    open--;
    return { key, name: `name of ${key}` };
  };
  return { find, asked, mostOpen: () => mostOpen };
}

async function failure(result: unknown) {
  const error = await Promise.resolve(result).then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown,
  );
  if (!isFlowError(error)) throw error;
  return error;
}

describe('a mapping', () => {
  test('gives its result at once where nothing asynchronous is called', () => {
    expect(compileMapping('items.(q * 2)').evaluate({ items: [{ q: 1 }, { q: 2 }] })).toEqual([2, 4]);
    const functions = { twice: (value: number) => value * 2 };
    expect(compileMapping('$twice(q)', { functions }).evaluate({ q: 4 })).toBe(8);
  });

  test('gives a promise where something is', async () => {
    const { find } = createLookup();
    const result = compileMapping('$find(id).name', { functions: { find } }).evaluate({ id: 7 });
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe('name of 7');
  });
});

describe('calls of asynchronous functions', () => {
  test('end at the deadline where each answer leads to a new question, and leave the event loop its turns', async () => {
    const functions = { next: async (n: number) => n + 1 };
    let turns = 0;
    const loop = setInterval(() => turns++, 1);
    const source = '( $f := function($n) { $f($next($n)) }; $f(1) )';
    const error = await failure(compileMapping(source, { functions, timeoutMs: 300 }).evaluate({}));
    clearInterval(loop);
    expect(error.code).toBe('DATA_MAPPING_LIMIT');
    expect(turns).toBeGreaterThan(10);
  });

  const ids = Array.from({ length: 200 }, (_, at) => ({ id: at }));

  test.each([
    ['a path', 'items.$find(id).name'],
    ['objects in a path', 'items.{ "n": $find(id).name }.n'],
    ['$map', '$map(items, function($item) { $find($item.id).name })'],
    ['a filter', 'items[$find(id).name != ""].("name of " & id)'],
    ['a group-by', '$keys(items{ $find(id).name: 1 })'],
    ['a join', 'items@$i.$find($i.id).name'],
  ])('go out together from %s', async (_name, source) => {
    const { find, asked, mostOpen } = createLookup();
    const result = await compileMapping(source, { functions: { find } }).evaluate({ items: ids });
    expect(result).toEqual(ids.map(({ id }) => `name of ${id}`));
    expect(asked).toHaveLength(200);
    expect(mostOpen()).toBe(200);
  });

  test('go out together from the fields of an object and the items of an array', async () => {
    const { find, mostOpen } = createLookup();
    const source = '{ "a": $find(1).key, "b": [$find(2).key, $find(3).key] }';
    expect(await compileMapping(source, { functions: { find } }).evaluate({})).toEqual({ a: 1, b: [2, 3] });
    expect(mostOpen()).toBe(3);
  });

  test('are made once for the same arguments, and in turn where one needs the answer of another', async () => {
    const { find, asked } = createLookup();
    const source = '[$find(1).name, $find(1).name, $find($find(2).name).name]';
    const result = await compileMapping(source, { functions: { find } }).evaluate({});
    expect(result).toEqual(['name of 1', 'name of 1', 'name of name of 2']);
    expect(asked).toEqual([1, 2, 'name of 2']);
  });

  test('may come from the bindings, in higher-order functions and over chains too', async () => {
    const find = (key: unknown) => later(`<${key}>`);
    const mapping = compileMapping('$map([1, 2], $find) ~> $join("-") ~> $find');
    expect(await mapping.evaluate({}, { find })).toBe('<<1>-<2>>');
  });

  test('leave time and chance as they were before', async () => {
    const seen: unknown[] = [];
    const note = (...args: unknown[]) => {
      seen.push(args);
      return later(args);
    };
    const source = '( $r := $random(); $t := $millis(); $note($r, $t); $note($r, $t, 2); [$r, $t] = $note($r, $t) )';
    expect(await compileMapping(source, { functions: { note } }).evaluate({})).toBe(true);
    expect(seen).toHaveLength(2);
  });

  test('fail the mapping with what they fail with, at their place', async () => {
    const fail = async () => Promise.reject(new Error('the ERP is away'));
    const error = await failure(compileMapping('{ "a": $fail(1) }', { functions: { fail } }).evaluate({}));
    expect(error.code).toBe('DATA_MAPPING');
    expect(error.details).toMatchObject({ reason: 'the ERP is away', token: 'fail', position: 13, from: 8 });
  });

  test('are not waited for longer than the mapping may take', async () => {
    const never = () => new Promise(() => undefined);
    const startedAt = performance.now();
    const error = await failure(compileMapping('$never()', { functions: { never }, timeoutMs: 50 }).evaluate({}));
    expect(error.details).toEqual({ limit: 'time', most: '50 ms' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('functions from the options', () => {
  test('stand before built-ins and behind bindings of the same names', () => {
    const functions = { uppercase: (text: string) => `<${text}>` };
    const mapping = compileMapping('$uppercase("a")', { functions });
    expect(mapping.evaluate({})).toBe('<a>');
    expect(mapping.evaluate({}, { uppercase: (text: string) => `[${text}]` })).toBe('[a]');
    expect(compileMapping('$uppercase("a")').evaluate({})).toBe('A');
  });

  test('with a signature have their arguments checked, and completed from the context value', async () => {
    const shout = { signature: '<s-n?:s>', implementation: (text: string, times = 1) => `${text}!`.repeat(times) };
    const functions = { shout };
    expect(compileMapping('name.$shout()', { functions }).evaluate({ name: 'a' })).toBe('a!');
    const mapping = compileMapping('$shout("a", "b")', { functions });
    expect(() => mapping.evaluate({})).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ code: 'T0410', token: 'shout' }) }),
    );
  });

  test('are given functions of the mapping that they can call', () => {
    const functions = { apply: (fn: (value: number) => unknown) => fn(20) };
    expect(compileMapping('$apply(function($x) { $x + 1 })', { functions }).evaluate({})).toBe(21);
  });
});

describe('an explanation', () => {
  test('tells that a mapping is compiled, gives its result at once, and what is checked', () => {
    expect(compileMapping('items[q > 1].{ "a": $sum(q) }', { maxDepth: 50 }).explain()).toEqual({
      isCompiled: true,
      fallbacks: [],
      isSynchronous: true,
      calls: [],
      limits: { timeoutMs: 3000, maxDepth: 50, maxSequence: 10_000_000, maxResultBytes: 16 * 1024 * 1024 },
      regularExpressions: [],
      needsIsolate: false,
    });
  });

  test('names the functions from outside, what falls back and why, and what needs an isolate', () => {
    expect(compileMapping('$find(id)').explain()).toMatchObject({ isSynchronous: false, calls: ['find'] });
    expect(compileMapping('[$x := 1, $x]').explain()).toMatchObject({
      isCompiled: false,
      isSynchronous: false,
      fallbacks: [{ construct: 'an assignment within an array or object' }],
    });
    expect(compileMapping('$match(a, /^(?=(a+)+$)b/)').explain()).toMatchObject({
      needsIsolate: true,
      regularExpressions: [{ source: '^(?=(a+)+$)b', kind: 'isolate' }],
    });
  });
});

describe('what closures cannot do', () => {
  test('is done by the reference: calling an asynchronous function with a function', async () => {
    const bindings = { twice: async (value: unknown) => [value, value] };
    const evaluate = async (source: string) => compileMapping(source).evaluate({}, bindings);
    expect(await evaluate('$twice($sum)[0]([1, 2])')).toBe(3);
    expect(await evaluate('$twice(function($n) { $n + 1 })[1](2)')).toBe(3);
    expect(await evaluate('$single(function($x) { $x }, ($twice ~> function($x) { 1 }))')).toBeUndefined();
  });

  test('is done by the reference: recursion deeper than the stack', async () => {
    const source = '( $f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(20000) )';
    const patient = { timeoutMs: 25_000 };
    expect(await compileMapping(source, patient).evaluate({})).toBe(20_000);
  });

  test('is done by the reference: telling which of several errors comes first', async () => {
    const error = await failure(compileMapping('{ "a": (1; 2; 3 + "x"), "b": 1 - "y" }').evaluate({}));
    expect(error.details).toMatchObject({ code: 'T2002', token: '-' });
  });

  test('leaves the input unchanged there too, which the reference does not', async () => {
    const input = { rows: [[], []] };
    await failure(compileMapping('rows.{ "a": $no(), "b": 1 - "y" }').evaluate(input));
    expect(input).toEqual({ rows: [[], []] });
  });
});
