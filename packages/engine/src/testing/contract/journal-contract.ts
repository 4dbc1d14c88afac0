import assert from 'node:assert/strict';
import { aRecord, type ContractCase, contractCase } from './ports-under-test.ts';

const LOST = { code: 'SYSTEM_LEASE_LOST' };
const ROUNDS = 12;
const WRITERS = 6;

/** What the engine takes for granted of the journal. */
export const journalContract: readonly ContractCase[] = [
  contractCase('the journal shows nothing before the first write, then what was written last', async (under) => {
    const address = under.address();
    for (const { journal } of [under, under.other]) assert.equal(await journal.read(address), undefined);
    const first = aRecord(address);
    const version = await under.journal.write(first, 0);
    for (const { journal } of [under, under.other])
      assert.deepEqual(await journal.read(address), { snapshot: first, version });
    const second = aRecord(address, { write: 2, outputs: { 'a.out': { value: { total: 12.5 } } } });
    const newer = await under.other.journal.write(second, version);
    assert.notEqual(newer, version);
    for (const { journal } of [under, under.other])
      assert.deepEqual(await journal.read(address), { snapshot: second, version: newer });
  }),

  contractCase('a journal write that expects what is not there is lost and changes nothing', async (under) => {
    const address = under.address();
    await assert.rejects(under.journal.write(aRecord(address), 7_777_777), LOST);
    assert.equal(await under.journal.read(address), undefined);
    const version = await under.journal.write(aRecord(address), 0);
    await assert.rejects(under.other.journal.write(aRecord(address), 0), LOST);
    const second = aRecord(address, { write: 2 });
    const newer = await under.journal.write(second, version);
    await assert.rejects(under.journal.write(aRecord(address), version), LOST);
    await assert.rejects(under.journal.write(aRecord(address), newer + 1), LOST);
    assert.deepEqual(await under.journal.read(address), { snapshot: second, version: newer });
  }),

  contractCase('of many journal writers at once one wins, and every worker reads that one at once', async (under) => {
    const address = under.address();
    for (let version = 0, round = 1; round <= ROUNDS; round++) {
      const records = Array.from({ length: WRITERS }, () => aRecord(address, { write: round }));
      const writes = await Promise.allSettled(
        records.map((record, nth) => (nth % 2 ? under : under.other).journal.write(record, version)),
      );
      const won = writes.flatMap((write, nth) =>
        write.status === 'fulfilled' ? [{ snapshot: records[nth], version: write.value }] : [],
      );
      assert.equal(won.length, 1);
      for (const write of writes) if (write.status === 'rejected') assert.equal(write.reason.code, LOST.code);
      for (const { journal } of [under, under.other]) assert.deepEqual(await journal.read(address), won[0]);
      version = won[0]!.version;
    }
  }),

  contractCase('a journal write whose answer got lost may be made again while nothing came after it', async (under) => {
    const address = under.address();
    const first = aRecord(address);
    const version = await under.journal.write(first, 0);
    assert.equal(await under.journal.write(first, 0), version);
    const second = aRecord(address, { write: 2 });
    const newer = await under.journal.write(second, version);
    assert.equal(await under.journal.write(second, version), newer);
    await assert.rejects(under.journal.write(first, 0), LOST);
    assert.deepEqual(await under.journal.read(address), { snapshot: second, version: newer });
  }),

  contractCase('the record of an end can still be read, and nothing is written over it unseen', async (under) => {
    for (const status of ['succeeded', 'failed', 'cancelled', 'compensated', 'compensation-failed'] as const) {
      const address = under.address();
      const version = await under.journal.write(aRecord(address), 0);
      const end = aRecord(address, { write: 2, status, endedAt: new Date().toISOString() });
      const last = await under.journal.write(end, version);
      await assert.rejects(under.other.journal.write(aRecord(address), 0), LOST);
      await assert.rejects(under.other.journal.write(aRecord(address), version), LOST);
      assert.deepEqual(await under.other.journal.read(address), { snapshot: end, version: last });
    }
  }),

  contractCase('a journal record comes back as JSON keeps it, and is nobody’s to change', async (under) => {
    const address = under.address();
    const value = { kept: 'é', dropped: undefined, list: [undefined, Number.NaN], at: new Date(0) };
    const record = aRecord(address, { outputs: { 'a.out': { value } } });
    await under.journal.write(record, 0);
    value.kept = 'changed later';
    const wanted = { kept: 'é', list: [null, null], at: '1970-01-01T00:00:00.000Z' };
    for (const _time of ['once', 'again']) {
      const found = await under.journal.read(address);
      assert.deepEqual(found?.snapshot.outputs, { 'a.out': { value: wanted } });
      found.snapshot.outputs = {};
    }
  }),
];
