import { isFlowError } from '@crossdock/errors';
import { compileMapping, type IsolateTask, MAPPING_LIMITS } from '@crossdock/mapping';
import { afterAll, describe, expect, test } from 'vitest';
import { createIsolate } from './index.ts';
import { watchLoop } from './watch-loop.testing.ts';

/** What a busy machine may add. */
const LATE_MS = 500;

const isolate = createIsolate();
afterAll(() => isolate.close());

const task = (source: string, more: Partial<IsolateTask> = {}): IsolateTask => ({
  ...{ source, limits: MAPPING_LIMITS, input: {}, bindings: {}, functions: {} },
  clock: { nowMs: 1_000, seed: 'seed' },
  ...more,
});
const within = (timeoutMs: number) => ({ limits: { ...MAPPING_LIMITS, timeoutMs } });

async function failure(run: Promise<unknown>) {
  const error = await run.then(
    (value) => expect.unreachable(`gave ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!isFlowError(error)) throw error;
  return error;
}

describe('an evaluation in the isolate', () => {
  test('gives what the mapping gives, with its variables and its clock', async () => {
    const source = '{ "sum": $sum(lines.qty), "rate": $rate, "at": $millis() }';
    const result = await isolate.evaluate(
      task(source, { input: { lines: [{ qty: 1 }, { qty: 2 }] }, bindings: { rate: 3 } }),
    );
    expect(result).toEqual({ sum: 3, rate: 3, at: 1_000 });
    const inPlace = await compileMapping('$random()').evaluate({}, {}, { nowMs: 1_000, seed: 'seed' });
    const mixed = { nowMs: 1_000, seed: 'seed $random()' };
    expect(await isolate.evaluate(task('$random()', { clock: mixed }))).toBe(inPlace);
    expect(await isolate.evaluate(task('missing'))).toBeUndefined();
  });

  test('gives the same of large data, of such as JSON has words for and of other', async () => {
    const lines = Array.from({ length: 40_000 }, (_, id) => ({ id, 'a "key"': [null, true, 1e21, 'é\n'], o: {} }));
    const source = '{ "a": $string($x), "b": $string($y), "c": $string($) }';
    const data = { input: lines, bindings: { x: lines, y: { deep: [[], {}, lines.slice(0, 25_000)] }, z: 1 } };
    const limits = { ...MAPPING_LIMITS, timeoutMs: 60_000 };
    const result = await isolate.evaluate(task(source, { ...data, limits }));
    expect(result).toEqual({
      a: JSON.stringify(lines),
      b: JSON.stringify(data.bindings.y),
      c: JSON.stringify(lines),
    });
    const when = new Date(0);
    const odd = [...lines, undefined, when];
    expect(await isolate.evaluate(task('$count($)', { input: odd, limits }))).toBe(odd.length);
    expect(await isolate.evaluate(task('$[0].id', { input: [{ id: 7 }] }))).toBe(7);
  });

  // Again where a machine that others share was late.
  test('gives a large result while other work goes on', { retry: 2 }, async () => {
    const source = '[1..200000].{ "id": $, "name": "n" & $, "tags": ["a", "b"] }';
    const limits = { ...MAPPING_LIMITS, timeoutMs: 60_000, maxResultBytes: 64 * 1024 * 1024 };
    const watch = watchLoop();
    const result = (await isolate.evaluate(task(source, { limits }))) as unknown[];
    expect(watch.end()).toBeLessThan(50);
    expect(result).toHaveLength(200_000);
    expect(result.at(-1)).toEqual({ id: 200_000, name: 'n200000', tags: ['a', 'b'] });
  });

  test('calls the functions of the thread that asked, also such that answer later', async () => {
    const functions = {
      twice: (value: unknown) => Number(value) * 2,
      later: async (value: unknown) => ({ name: `n${value}` }),
      fails: () => Promise.reject(new Error('no such table')),
    };
    const source = '[1..3].{ "t": $twice($), "n": $later($).name }';
    expect(await isolate.evaluate(task(source, { functions }))).toEqual([
      { t: 2, n: 'n1' },
      { t: 4, n: 'n2' },
      { t: 6, n: 'n3' },
    ]);
    expect((await failure(isolate.evaluate(task('$fails()', { functions })))).message).toContain('no such table');
  });

  test('fails as it would in place', async () => {
    const error = await failure(isolate.evaluate(task('1 + "x"')));
    expect(error.code).toBe('DATA_MAPPING');
    expect(error.details).toMatchObject({ code: 'T2002', position: 3, from: 2, token: '+' });
  });

  test('is killed shortly after its deadline where it does not stop by itself, and the next one runs', async () => {
    await isolate.evaluate(task('1'));
    const startedAt = performance.now();
    const error = await failure(isolate.evaluate(task('$count($string([1..9000000]))', within(100))));
    expect(performance.now() - startedAt).toBeLessThan(100 + 50 + LATE_MS);
    expect(error.code).toBe('DATA_MAPPING_LIMIT');
    expect(error.details.limit).toBe('time');
    expect(await isolate.evaluate(task('2'))).toBe(2);
  });

  test('that takes all memory ends alone', async () => {
    const source = '$count([1..300000].[1..100])';
    const error = await failure(isolate.evaluate(task(source, within(60_000))));
    expect(error.code).toBe('DATA_MAPPING_LIMIT');
    expect(await isolate.evaluate(task('3'))).toBe(3);
  });

  test('waits for its turn without losing time of its own', async () => {
    const loops = Array.from({ length: 3 }, () =>
      failure(isolate.evaluate(task('( $f := function($n) { $f($n + 1) }; $f(1) )', within(300)))),
    );
    const good = isolate.evaluate(task('4', within(200)));
    for (const error of await Promise.all(loops)) expect(error.details.limit).toBe('time');
    expect(await good).toBe(4);
  });

  test('with what cannot be copied to a thread is refused, and the next one runs', async () => {
    await expect(isolate.evaluate(task('1', { input: () => 1 }))).rejects.toThrow('could not be cloned');
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect((await failure(isolate.evaluate(task('1', { input: deep })))).details.limit).toBe('depth');
    expect(await isolate.evaluate(task('5'))).toBe(5);
  });
});
