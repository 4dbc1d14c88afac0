import { FlowError } from '@crossdock/errors';
import { afterEach, describe, expect, test } from 'vitest';
import { compileMapping, type IsolateTask, useIsolate } from './index.ts';

const LONG = '$sum([1..300000].($ + $rate))';
/** Each test has a mapping of its own: how long one took before decides where it begins. */
const long = (name: string) => `/* ${name} */ ${LONG}`;
const sent: IsolateTask[] = [];

afterEach(() => {
  useIsolate(undefined);
  sent.length = 0;
});

function isolateThat(answer: (task: IsolateTask) => unknown): void {
  useIsolate({
    async evaluate(task) {
      sent.push(task);
      return answer(task);
    },
  });
}

/** Answers as a thread does which takes its time. */
async function slowly(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return 'from the isolate';
}

describe('with an isolate', () => {
  test('what is done soon stays in place', async () => {
    isolateThat(slowly);
    expect(await compileMapping('$sum(lines.qty)').evaluate({ lines: [{ qty: 1 }, { qty: 2 }] })).toBe(3);
    expect(sent).toEqual([]);
  });

  test('what takes long is begun anew there, with the variables it names, its clock and the time it has left', async () => {
    isolateThat(slowly);
    const clock = { nowMs: 1_000, seed: 'seed' };
    const twice = (value: number) => value * 2;
    const bindings = { rate: 2, other: { large: true }, twice };
    expect(await compileMapping(long('named')).evaluate({ a: 1 }, bindings, clock)).toBe('from the isolate');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ source: long('named'), input: { a: 1 }, bindings: { rate: 2 } });
    expect(sent[0]?.clock.nowMs).toBe(1_000);
    expect(sent[0]?.bindings).not.toHaveProperty('other');
    expect(sent[0]?.functions).toMatchObject({ twice });
    expect(sent[0]?.limits.timeoutMs).toBeLessThan(3000);
  });

  test('time and chance are there what they were where it began, also without a clock', async () => {
    isolateThat(slowly);
    const before = Date.now();
    await compileMapping(long('clock')).evaluate({}, { rate: 1 });
    expect(sent[0]?.clock.nowMs).toBeGreaterThanOrEqual(before);
  });

  test('a mapping that takes long again and again begins there, until it does not any more', async () => {
    let isQuick = false;
    isolateThat(() => (isQuick ? 'quick' : slowly()));
    const mapping = compileMapping(long('again'));
    const inPlaceMs = async () => {
      const before = process.threadCpuUsage();
      const result = mapping.evaluate({}, { rate: 1 });
      const { user, system } = process.threadCpuUsage(before);
      await result;
      return (user + system) / 1000;
    };
    for (let time = 0; time < 5; time++) await inPlaceMs();
    expect(await inPlaceMs()).toBeLessThan(5);
    isQuick = true;
    expect(await mapping.evaluate({}, { rate: 1 })).toBe('quick');
    expect(sent).toHaveLength(7);
  });

  test('its errors come through as they are', async () => {
    const limit = new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'time' } });
    isolateThat(() => Promise.reject(limit));
    await expect(compileMapping(long('error')).evaluate({}, { rate: 1 })).rejects.toBe(limit);
  });

  test('what cannot be sent to it is done in place after all', async () => {
    isolateThat(() => Promise.reject(new Error('could not be cloned')));
    expect(await compileMapping(long('unsent')).evaluate({}, { rate: 0 })).toBe(45_000_150_000);
  });

  test('a pattern that only a kill can stop runs there', async () => {
    isolateThat(slowly);
    expect(await compileMapping('$match(a, /^(?=(a+)+$)b/)').evaluate({ a: 'aa' })).toBe('from the isolate');
  });
});
