import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '@crossdock/connector-sdk';
import type { ExecutionAddress } from '../../ports.ts';
import type { ChildEnd, ParentRef, TriggerRecord } from '../../records.ts';
import { bellsOf, type ContractCase, contractCase, delivery, payloadOf, rung } from './ports-under-test.ts';

const A_WHILE_MS = 500;
const HOUR_MS = 3_600_000;
const LONG_AGO = '2020-01-01T00:00:00.000Z';
const RACES = 40;

function parentOf(address: ExecutionAddress, count: number): ParentRef {
  return { ...address, nodeId: 'split', iteration: 0, index: 0, count };
}

function aChild({ env, flowId, executionId }: ExecutionAddress, parent: ParentRef, payload: unknown): TriggerRecord {
  const { index, count } = parent;
  return {
    ...{ executionId, flowId, env, revision: 1, nodeId: 'split', receivedAt: new Date().toISOString() },
    ...{ headers: { 'x-shop': 'north' }, keys: { order: ['A1'] }, payload, keyBase: 'base', hops: 1 },
    ...{ parent, item: { index, count } },
  };
}

function anEnd(index: number, parts: Partial<ChildEnd> = {}): ChildEnd {
  return { index, executionId: randomUUID(), status: 'succeeded', result: { value: { index } }, ...parts };
}

function anEvent(parts: Partial<CloudEvent> = {}): CloudEvent {
  const [id, time] = [randomUUID(), new Date().toISOString()];
  return { specversion: '1.0', id, source: 'crossdock/orders', type: 'order.shipped', time, ...parts };
}

/** What the engine takes for granted of children and of events. */
export const waitingContract: readonly ContractCase[] = [
  contractCase('a child is one execution however often it is started, with its payload whole', async (under) => {
    const [parent, address] = [parentOf(under.address(), 1), under.address()];
    const child = aChild(address, parent, { text: 'x'.repeat(400_000) });
    await Promise.all([under, under.other, under].map(({ children }) => children.start(child)));
    const lease = await delivery(under, address, 1);
    assert.deepEqual(lease.address, address);
    assert.deepEqual([lease.kind, lease.token, lease.lane], ['trigger', address.executionId, undefined]);
    const { payloadBlob, payloadBytes, ...record } = await lease.trigger!();
    assert.ok(payloadBlob);
    assert.ok(payloadBytes);
    assert.deepEqual({ ...record, payload: await payloadOf(under, { ...record, payloadBlob }) }, child);
    lease.ack();
    await under.other.children.start(child);
    await under.pass(A_WHILE_MS);
    assert.equal((await under.delivered(address.executionId)).length, 1);
  }),

  contractCase('ends of children are told to every worker, each once and to its own entry', async (under) => {
    const parent = parentOf(under.address(), 4);
    assert.equal(await under.children.countEnds(parent), 0);
    assert.deepEqual(await under.children.readEnds(parent), []);
    const failure = { code: 'REMOTE_REJECTED', message: 'no' } as const;
    const ends = [anEnd(2), anEnd(0, { status: 'failed', error: failure }), anEnd(3, { result: { blob: 'b' } })];
    for (const [at, end] of ends.entries()) {
      await under.children.ended({ ...parent, index: end.index }, end);
      for (const { children } of [under, under.other]) assert.equal(await children.countEnds(parent), at + 1);
    }
    await under.other.children.ended({ ...parent, index: 2 }, anEnd(2, { status: 'cancelled' }));
    await under.children.ended({ ...parent, iteration: 1 }, anEnd(1));
    await under.children.ended({ ...parent, nodeId: 'another' }, anEnd(1));
    for (const { children } of [under, under.other]) {
      assert.equal(await children.countEnds(parent), 3);
      const found = (await children.readEnds(parent)).sort((a, b) => a.index - b.index);
      assert.deepEqual(found, [ends[1], ends[0], ends[2]]);
    }
  }),

  contractCase('the end of an only child rings its parent, and again when it is told again', async (under) => {
    const address = under.address();
    const parent = parentOf(address, 1);
    const end = anEnd(0);
    await under.children.ended(parent, end);
    const bell = await delivery(under, address, 1);
    assert.deepEqual([bell.kind, bell.command], ['command', { type: 'bell' }]);
    assert.deepEqual(bell.address, address);
    // Who told it before may have died before the bell.
    await under.other.children.ended(parent, end);
    await rung(under, address, 1);
    assert.equal(await under.children.countEnds(parent), 1);
  }),

  contractCase('a parent of many is rung after the last of them has ended, whenever that is', async (under) => {
    const [together, apart] = [under.address(), under.address()];
    const end = (address: ExecutionAddress, index: number): Promise<void> =>
      (index % 2 ? under : under.other).children.ended({ ...parentOf(address, 9), index }, anEnd(index));
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => end(together, index)));
    await rung(under, together);
    for (const index of [4, 1, 7, 0, 8, 2, 6, 3]) await end(apart, index);
    await under.pass(A_WHILE_MS);
    assert.equal(await under.children.countEnds(parentOf(apart, 9)), 8);
    const early = await bellsOf(under, apart);
    await end(apart, 5);
    await rung(under, apart, early);
    assert.equal(await under.children.countEnds(parentOf(apart, 9)), 9);
  }),

  contractCase('an event is found by key, type, time and environment, the oldest first', async (under) => {
    const { env } = under.address();
    const key = randomUUID();
    assert.equal(await under.events.find({ env, key, since: LONG_AGO }), undefined);
    const events = [anEvent(), anEvent({ type: 'order.paid', data: { total: 3 } }), anEvent(), anEvent()];
    const stamps: string[] = [];
    for (const event of events) {
      stamps.push(new Date(under.now()).toISOString());
      await under.events.emit(env, key, event);
      await under.pass(10);
    }
    await under.events.emit(env, randomUUID(), anEvent());
    const find = (since: string | undefined, eventType?: string): Promise<CloudEvent | undefined> =>
      under.other.events.find({ env, key, since: since ?? '', ...(eventType ? { eventType } : {}) });
    assert.deepEqual(await find(LONG_AGO), events[0]);
    assert.deepEqual(await find(stamps[1]), events[1]);
    assert.deepEqual(await find(stamps[1], 'order.shipped'), events[2]);
    assert.deepEqual(await find(stamps[3]), events[3]);
    assert.equal(await find(stamps[3], 'order.paid'), undefined);
    assert.equal(await find(new Date(under.now() + 1_000).toISOString()), undefined);
    assert.equal(await under.events.find({ env: 'nowhere', key, since: LONG_AGO }), undefined);
  }),

  contractCase('an event that is emitted again is the same event, by source and id of its key', async (under) => {
    const { env } = under.address();
    const key = randomUUID();
    const event = anEvent({ data: { nth: 1 } });
    await Promise.all([under, under.other, under].map(({ events }) => events.emit(env, key, event)));
    await under.pass(10);
    const since = new Date(under.now()).toISOString();
    await under.events.emit(env, key, { ...event, data: { nth: 2 } });
    assert.deepEqual(await under.events.find({ env, key, since: LONG_AGO }), event);
    assert.equal(await under.events.find({ env, key, since }), undefined);
    const namesake = { ...event, source: 'shop' };
    await under.events.emit(env, key, namesake);
    assert.deepEqual(await under.other.events.find({ env, key, since }), namesake);
    const elsewhere = randomUUID();
    await under.events.emit(env, elsewhere, event);
    assert.deepEqual(await under.other.events.find({ env, key: elsewhere, since }), event);
  }),

  contractCase('an event rings whoever expects its key, and nobody else', async (under) => {
    const [first, second, stranger] = [under.address(), under.address(), under.address()];
    const { env } = first;
    const [key, strange] = [randomUUID(), randomUUID()];
    const until = new Date(under.now() + HOUR_MS).toISOString();
    await under.events.expect(first, { key, until });
    await under.events.expect(first, { key, until });
    await under.other.events.expect(second, { key, until });
    await under.events.expect(stranger, { key: strange, until });
    await under.events.emit('nowhere', strange, anEvent());
    const event = anEvent();
    await under.other.events.emit(env, key, event);
    for (const address of [first, second]) await rung(under, address);
    assert.deepEqual(await under.events.find({ env, key, since: LONG_AGO }), event);
    await under.events.emit(env, key, anEvent());
    for (const address of [first, second]) await rung(under, address, 1);
    assert.equal(await bellsOf(under, stranger), 0);
  }),

  contractCase('an event that comes while someone begins to expect it is found by them or rings', async (under) => {
    const until = new Date(under.now() + HOUR_MS).toISOString();
    const races = Array.from({ length: RACES }, (_, nth) => ({ nth, key: randomUUID(), address: under.address() }));
    await Promise.all(
      races.map(async ({ nth, key, address }) => {
        const { env } = address;
        const emit = async (): Promise<void> => {
          await under.pass(nth % 5);
          await under.other.events.emit(env, key, anEvent());
        };
        const listen = async (): Promise<boolean> => {
          await under.pass((nth * 3) % 5);
          await under.events.expect(address, { key, until });
          return (await under.events.find({ env, key, since: LONG_AGO })) !== undefined;
        };
        const [isThere] = await Promise.all([listen(), emit()]);
        if (!isThere) await rung(under, address);
        assert.ok(await under.events.find({ env, key, since: LONG_AGO }));
      }),
    );
  }),
];
