import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { BreakerState } from '../../ports.ts';
import type { DeadLetterRecord } from '../../records.ts';
import { type ContractCase, contractCase, eventually } from './ports-under-test.ts';

const ROUNDS = 6;
const TAKERS = 40;
const LIMIT = 50;
const WINDOWS = 6;

/** What the engine takes for granted of circuit breakers, rate limits, blobs and dead letters. */
export const guardContract: readonly ContractCase[] = [
  contractCase('a circuit breaker is set by one of many workers and seen by all of them', async (under) => {
    const scope = randomUUID();
    const breakerOf = (nth: number): typeof under.guards => (nth % 2 ? under : under.other).guards;
    assert.equal(under.guards.breaker(scope), undefined);
    for (let version = 0, round = 1; round <= ROUNDS; round++) {
      const states = Array.from({ length: 8 }, (_, nth): BreakerState => ({ state: 'open', until: nth, opens: round }));
      const won = await Promise.all(states.map((state, nth) => breakerOf(nth).setBreaker(scope, state, version)));
      assert.equal(won.filter(Boolean).length, 1);
      const versions: number[] = [];
      for (const nth of [0, 1]) {
        const seen = await eventually(under, 'the new state', () => {
          const found = breakerOf(nth).breaker(scope);
          return found?.value.opens === round ? found : undefined;
        });
        assert.deepEqual(seen.value, states[won.indexOf(true)]);
        versions.push(seen.version);
      }
      assert.equal(versions[0], versions[1]);
      assert.equal(await under.guards.setBreaker(scope, states[0]!, version), false);
      version = versions[0]!;
    }
  }),

  contractCase('permits of a window are never more than its limit, however many workers ask at once', async (under) => {
    const scope = randomUUID();
    const take = (nth: number, startMs: number): Promise<number> => {
      const wanted = 1 + (nth % 3);
      return (nth % 2 ? under : under.other).guards.takePermits(scope, { startMs, limit: LIMIT, wanted });
    };
    // A try whose answer got lost may have counted: such a window gives less, the next ones all they have.
    const full = async (givenBy: (window: number) => Promise<number>, expected: number): Promise<void> => {
      const sums: number[] = [];
      while (sums.at(-1) !== expected && sums.length < WINDOWS) {
        const sum = await givenBy(sums.length);
        assert.ok(sum <= expected, `${sum} permits were given, of ${expected}`);
        sums.push(sum);
      }
      assert.equal(sums.at(-1), expected, `windows gave ${sums}`);
    };
    await full(async (startMs) => {
      const given = await Promise.all(Array.from({ length: TAKERS }, (_, nth) => take(nth, startMs)));
      assert.ok(given.every((count, nth) => count >= 0 && count <= 1 + (nth % 3)));
      assert.equal(await under.guards.takePermits(scope, { startMs, limit: LIMIT, wanted: 5 }), 0);
      return given.reduce((sum, count) => sum + count, 0);
    }, LIMIT);
    const alone = (wanted: number) => (startMs: number) =>
      under.guards.takePermits(scope, { startMs: WINDOWS + startMs, limit: LIMIT, wanted });
    await full(alone(LIMIT + 9), LIMIT);
    await full((startMs) => alone(7)(WINDOWS + startMs), 7);
  }),

  contractCase('what one worker put into a blob every worker reads, byte for byte', async (under) => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256);
    const { ref, size } = await under.blobs.put(bytes, 'application/octet-stream');
    assert.equal(size, bytes.length);
    assert.notEqual((await under.other.blobs.put(new Uint8Array(), 'text/plain')).ref, ref);
    for (const { blobs } of [under, under.other]) assert.deepEqual(Uint8Array.from(await blobs.get(ref)), bytes);
    await assert.rejects(under.blobs.get('nothing'), { code: 'API_NOT_FOUND' });
  }),

  contractCase('a dead letter that is put again is one record', async (under) => {
    const { env, flowId, executionId } = under.address();
    const record: DeadLetterRecord = {
      ...{ executionId, flowId, env, revision: 1, nodeId: 'erp', attempts: 5, triggerSeq: 3 },
      error: { code: 'REMOTE_REJECTED', message: 'no', details: { status: 422 } },
      failedAt: new Date().toISOString(),
    };
    await Promise.all([under, under.other, under].map(({ deadLetters }) => deadLetters.put(record)));
    await under.other.deadLetters.put(record);
    assert.deepEqual(await under.deadLettersOf(executionId), [record]);
  }),
];
