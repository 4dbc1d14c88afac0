import assert from 'node:assert/strict';
import type { ExecutionAddress, Lease } from '../../ports.ts';
import type { Command } from '../../records.ts';
import {
  type ContractCase,
  contractCase,
  delivery,
  eventually,
  type PortsUnderTest,
  payloadOf,
} from './ports-under-test.ts';

/** Longer than an answer or a redelivery at once takes. */
const A_WHILE_MS = 500;
const DELAY_MS = 600;
/** More than a message of the bus holds. */
const LARGE = 'x'.repeat(400_000);

/** One lease of each kind, each of an execution of its own. */
async function oneOfEach(under: PortsUnderTest): Promise<{ address: ExecutionAddress; lease: Lease }[]> {
  const [timed, rung] = [under.address(), under.address()];
  const accepted = await under.accept({});
  await under.timers.arm(timed, { token: 'T', dueAt: new Date(under.now()).toISOString() });
  await under.commands.send(rung, { type: 'bell' });
  return Promise.all(
    [accepted, timed, rung].map(async (address) => ({ address, lease: await delivery(under, address, 1) })),
  );
}

/** What the engine takes for granted of leases, timers and commands. */
export const leaseContract: readonly ContractCase[] = [
  contractCase('an acked lease never comes again, one that its worker left does', async (under) => {
    const acked = await oneOfEach(under);
    for (const { lease } of acked) lease.ack();
    const left = await oneOfEach(under);
    for (const { lease } of left) under.drop(lease);
    for (const { address, lease } of left) {
      const again = await delivery(under, address, 2);
      assert.equal(again.deliveryCount, 2);
      assert.deepEqual([again.kind, again.token, again.command], [lease.kind, lease.token, lease.command]);
    }
    for (const { address } of acked) assert.equal((await under.delivered(address.executionId)).length, 1);
  }),

  contractCase(
    'a trigger comes as a lease whose token is its execution; a large payload stays in its blob',
    async (under) => {
      const trigger = {
        payload: { text: LARGE },
        headers: { 'x-shop': 'north' },
        keys: { order: ['A1', 'A2'] },
        keyBase: 'first',
        seed: {
          frontier: [{ nodeId: 'erp', inputRef: 'a.out', iteration: 0, attempts: 1 }],
          outputs: { 'a.out': { value: LARGE } },
          nodeOutputs: { a: 'a.out' },
        },
      };
      const address = await under.accept(trigger);
      const lease = await delivery(under, address, 1);
      assert.deepEqual(lease.address, address);
      assert.deepEqual([lease.kind, lease.token, lease.deliveryCount], ['trigger', address.executionId, 1]);
      assert.deepEqual([lease.lane, lease.command, lease.isOld ?? false], [undefined, undefined, false]);
      assert.ok((lease.triggerSeq ?? 0) > 0);
      const record = await lease.trigger!();
      const { headers, keys, keyBase, seed, executionId } = record;
      assert.deepEqual({ headers, keys, keyBase, seed, payload: await payloadOf(under, record) }, trigger);
      assert.equal(executionId, address.executionId);
      assert.ok(record.payloadBlob);
      assert.equal(record.payloadBytes, new TextEncoder().encode(JSON.stringify(trigger.payload)).byteLength);
      const empty = await delivery(under, await under.accept({}), 1);
      assert.equal((await empty.trigger!()).payload, null);
    },
  ),

  contractCase('a lease that is given back comes again after its delay and counts its deliveries', async (under) => {
    const given = await oneOfEach(under);
    const since = under.now();
    for (const { lease } of given) {
      assert.equal(lease.deliveryCount, 1);
      lease.release(DELAY_MS);
    }
    for (const { address } of given) {
      const second = await delivery(under, address, 2);
      assert.ok(under.now() >= since + DELAY_MS, `it came again after ${under.now() - since} ms`);
      assert.equal(second.deliveryCount, 2);
      second.release(0);
      assert.equal((await delivery(under, address, 3)).deliveryCount, 3);
    }
  }),

  contractCase('only the first answer to a lease counts', async (under) => {
    const [releasedFirst, ackedFirst] = [await under.accept({}), await under.accept({})];
    const released = await delivery(under, releasedFirst, 1);
    released.release(0);
    released.ack();
    const acked = await delivery(under, ackedFirst, 1);
    acked.ack();
    acked.release(0);
    await delivery(under, releasedFirst, 2);
    await under.pass(A_WHILE_MS);
    assert.equal((await under.delivered(ackedFirst.executionId)).length, 1);
  }),

  contractCase('a timer comes back when it is due as a lease with its token and nothing else', async (under) => {
    const address = under.address();
    const dueAt = under.now() + DELAY_MS;
    await under.timers.arm(address, { token: 'T1', dueAt: new Date(dueAt).toISOString() });
    const lease = await delivery(under, address, 1);
    assert.ok(under.now() >= dueAt, `it came ${dueAt - under.now()} ms early`);
    assert.deepEqual([lease.kind, lease.token, lease.deliveryCount], ['timer', 'T1', 1]);
    assert.deepEqual(lease.address, address);
    assert.deepEqual([lease.lane, lease.command, lease.triggerSeq, lease.trigger], Array(4).fill(undefined));
  }),

  contractCase('a timer that is due already comes at once, also where one has fired before', async (under) => {
    const address = under.address();
    for (const [at, token] of ['first', 'second'].entries()) {
      const dueAt = under.now() - 60_000;
      await under.timers.arm(address, { token, dueAt: new Date(dueAt).toISOString() });
      const lease = await delivery(under, address, at + 1);
      assert.equal(lease.token, token);
      lease.ack();
    }
  }),

  contractCase('an execution has one timer: arming again replaces it and no one else’s', async (under) => {
    const [sooner, later, bystander] = [under.address(), under.address(), under.address()];
    const start = under.now();
    const arm = (address: ExecutionAddress, token: string, inMs: number): Promise<void> =>
      under.timers.arm(address, { token, dueAt: new Date(start + inMs).toISOString() });
    await arm(sooner, 'old', 3_600_000);
    await arm(later, 'old', 2_000);
    await arm(bystander, 'own', 2_500);
    await arm(sooner, 'new', 2_500);
    await arm(later, 'new', 3_000);
    for (const address of [sooner, bystander, later]) await delivery(under, address, 1);
    assert.ok(under.now() >= start + 3_000);
    const tokens = [sooner, later, bystander].map(async ({ executionId }) =>
      (await under.delivered(executionId)).map(({ token }) => token),
    );
    assert.deepEqual(await Promise.all(tokens), [['new'], ['new'], ['own']]);
  }),

  contractCase('commands come as leases that say what is asked, each with a token of its own', async (under) => {
    const address = under.address();
    const commands: Command[] = [
      { type: 'bell' },
      { type: 'bell' },
      { type: 'cancel', by: 'Ada' },
      { type: 'resolve', by: 'Ada', nodeId: 'erp', iteration: 0, doubtId: 'd', outcome: 'done', output: { id: 7 } },
    ];
    for (const command of commands) await under.commands.send(address, command);
    await delivery(under, address, commands.length);
    const leases = await under.delivered(address.executionId);
    const inOrder = (all: (Command | undefined)[]): string[] => all.map((one) => JSON.stringify(one)).sort();
    assert.deepEqual(inOrder(leases.map(({ command }) => command)), inOrder(commands));
    assert.equal(new Set(leases.map(({ token }) => token)).size, commands.length);
    for (const lease of leases) {
      assert.deepEqual([lease.kind, lease.deliveryCount], ['command', 1]);
      assert.deepEqual(lease.address, address);
      assert.deepEqual([lease.lane, lease.triggerSeq, lease.trigger], Array(3).fill(undefined));
    }
  }),

  contractCase('a wish to cancel is heard by every worker, until one stops listening', async (under) => {
    const [{ executionId }, { executionId: stranger }] = [under.address(), under.address()];
    const heard: string[] = [];
    under.cancels.onWanted(executionId, (by) => heard.push(`here ${by}`));
    under.other.cancels.onWanted(executionId, (by) => heard.push(`there ${by}`));
    const stop = under.cancels.onWanted(executionId, (by) => heard.push(`stopped ${by}`));
    under.cancels.onWanted(stranger, (by) => heard.push(`stranger ${by}`));
    stop();
    assert.equal(under.cancels.wanted(executionId), undefined);
    await under.other.cancels.want(executionId, 'Ada');
    for (const { cancels } of [under, under.other])
      await eventually(under, 'the wish', () => cancels.wanted(executionId));
    await eventually(under, 'both listeners', () => (heard.length >= 2 ? true : undefined));
    assert.equal(under.cancels.wanted(executionId), 'Ada');
    assert.equal(under.cancels.wanted(stranger), undefined);
    assert.deepEqual(heard.sort(), ['here Ada', 'there Ada']);
  }),
];
