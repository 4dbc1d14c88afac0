import { FlowError, isFlowError } from '@crossdock/errors';
import { isSame, type LinkedId, type SystemId } from '@crossdock/xref';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Bus } from '../bus.ts';
import { connectBus, partsOf } from '../connect.ts';
import { decodeJson } from '../json.ts';
import type { Link } from '../link.ts';
import { XREF_RECORDS_FILTER } from '../names.ts';
import { startNatsServer, type TestNatsServer } from '../testing/index.ts';
import { type RestingXref, XREF_STREAM } from './xref-records.ts';
import { createXrefs } from './xrefs.ts';

let server: TestNatsServer;
let bus: Bus;
let link: Link;
let entities = 0;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: server.url, replicas: 1, name: 'test' });
  link = partsOf(bus).link;
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const id = (system: string, text: string): LinkedId => ({
  ...{ system, id: text, origin: 'person', by: 'Ivy', at: '2026-11-30T08:00:00.000Z' },
});
const shop = (n: number) => id('shop', String(n));
const odoo = (n: number) => id('odoo', String(n));
const scope = () => ({ env: 'dev', entity: `customer_${++entities}` });
const textsOf = (record: { ids: readonly SystemId[] } | undefined) =>
  record?.ids.map(({ system, id: text }) => `${system} ${text}`).toSorted();

/** Every record that lists something, from the store itself. */
async function allRecords(entity: string): Promise<RestingXref[]> {
  const records: RestingXref[] = [];
  for (let seq = 1; ; ) {
    const message = await link.next(XREF_STREAM, XREF_RECORDS_FILTER, seq);
    if (!message) return records;
    const record = decodeJson(message.data) as RestingXref;
    if (record.entity === entity && record.ids.length > 0) records.push(record);
    seq = message.seq + 1;
  }
}

/**
 * What must hold whatever happened: an id stands in one record at most, and is found there. A record that is being merged is still read; what it lists
 * may stand in the other already.
 */
async function expectWhole(in_: ReturnType<typeof scope>): Promise<void> {
  const records = await allRecords(in_.entity);
  const settled = records.filter(({ merging }) => merging === undefined);
  const listed = settled.flatMap(({ recordId, ids }) => ids.map((one) => ({ one, recordId })));
  const keys = listed.map(({ one }) => `${one.system} ${one.id}`);
  expect(keys).toEqual([...new Set(keys)]);
  const half = records.flatMap(({ recordId, merging, ids }) => (merging ? ids.map((one) => ({ one, recordId })) : []));
  for (const { one, recordId } of listed.filter(({ one }) => !half.some((other) => isSame(other.one, one))))
    expect((await bus.xrefs.find(in_, one))?.recordId).toBe(recordId);
  for (const { one, recordId } of half) expect((await bus.xrefs.find(in_, one))?.recordId).toBe(recordId);
}

/** A store whose process dies at its n-th write: before it, or when it is done and nobody was told. */
function dyingStore(at: number, isWritten: boolean) {
  let writes = 0;
  const dying: Link = {
    ...link,
    async publish(...message) {
      writes += 1;
      if (writes > at) throw new FlowError('SYSTEM_STOPPING');
      if (writes === at && !isWritten) throw new FlowError('SYSTEM_STOPPING');
      const stored = await link.publish(...message);
      if (writes === at) throw new FlowError('SYSTEM_STOPPING');
      return stored;
    },
  };
  return createXrefs(dying);
}

describe('cross-references', () => {
  it('link ids to one thing, find it by each, and take them apart', async () => {
    const customers = scope();
    await bus.xrefs.link(customers, [shop(1), odoo(7)], {});
    await bus.xrefs.link(customers, [odoo(7), id('wms', 'A')], {});
    expect(textsOf(await bus.xrefs.find(customers, id('wms', 'A')))).toEqual(['odoo 7', 'shop 1', 'wms A']);
    expect((await bus.xrefs.link(customers, [shop(1), id('wms', 'A')], {})).isChanged).toBe(false);
    expect(await bus.xrefs.find({ ...customers, env: 'test' }, odoo(7))).toBeUndefined();
    expect(textsOf((await bus.xrefs.unlink(customers, odoo(7)))?.record)).toEqual(['shop 1', 'wms A']);
    expect(await bus.xrefs.find(customers, odoo(7))).toBeUndefined();
    expect(await bus.xrefs.unlink(customers, odoo(7))).toBeUndefined();
    await bus.xrefs.link(customers, [shop(2), odoo(7)], {});
    expect(textsOf(await bus.xrefs.find(customers, odoo(7)))).toEqual(['odoo 7', 'shop 2']);
    await expectWhole(customers);
  });

  it('make two things one, and refuse two ids of one system with both sides named, changing nothing', async () => {
    const customers = scope();
    await bus.xrefs.link(customers, [shop(1), id('crm', 'c1')], {});
    await bus.xrefs.link(customers, [odoo(7), id('wms', 'A')], {});
    const merged = await bus.xrefs.link(customers, [shop(1), odoo(7)], {});
    expect(textsOf(merged.record)).toEqual(['crm c1', 'odoo 7', 'shop 1', 'wms A']);
    expect(merged.before).toHaveLength(2);
    await bus.xrefs.link(customers, [shop(2), odoo(8)], {});
    const error = await bus.xrefs.link(customers, [id('edi', 'e1'), shop(1), odoo(8)], {}).catch((one) => one);
    expect(isFlowError(error, 'DATA_XREF_CONFLICT')).toBe(true);
    expect(error.message).toMatch(/(shop|odoo) "\d" is not \1 "\d"/);
    expect(await bus.xrefs.find(customers, id('edi', 'e1'))).toBeUndefined();
    const several = await bus.xrefs.link(customers, [shop(1), shop(2)], { several: true });
    expect(textsOf(several.record)).toContain('odoo 8');
    expect(await allRecords(customers.entity)).toHaveLength(1);
    await expectWhole(customers);
  });

  it('stay whole when many link, unlink and merge the same ids at once', async () => {
    const customers = scope();
    const random = seeded(7);
    const pick = (): LinkedId => (random() < 0.5 ? shop(Math.floor(random() * 4)) : odoo(Math.floor(random() * 4)));
    const acts = Array.from({ length: 80 }, () => {
      const [a, b, isUnlink] = [pick(), pick(), random() < 0.3];
      return isUnlink ? bus.xrefs.unlink(customers, a) : bus.xrefs.link(customers, [a, b], { several: random() < 0.2 });
    });
    const outcomes = await Promise.allSettled(acts);
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    for (const { reason } of refused) expect(reason.code).toBe('DATA_XREF_CONFLICT');
    await expectWhole(customers);
  });

  it('survive a death at every write of a link, of a merge and of an unlinking: done again it is done', async () => {
    for (const isWritten of [false, true]) {
      for (let at = 1; at <= 6; at++) {
        const customers = scope();
        await bus.xrefs.link(customers, [odoo(7), id('wms', 'A')], {});
        await bus.xrefs.link(customers, [id('crm', 'c1'), id('edi', 'e1')], {});
        const dying = dyingStore(at, isWritten);
        const acts = async (xrefs: typeof dying) => {
          await xrefs.link(customers, [shop(1), id('crm', 'c1')], {});
          await xrefs.link(customers, [shop(1), odoo(7)], {});
          await xrefs.unlink(customers, id('edi', 'e1'));
        };
        await acts(dying).catch(() => undefined);
        await expectWhole(customers);
        await acts(bus.xrefs);
        await expectWhole(customers);
        expect(textsOf(await bus.xrefs.find(customers, shop(1)))).toEqual(['crm c1', 'odoo 7', 'shop 1', 'wms A']);
        expect(await allRecords(customers.entity)).toHaveLength(1);
      }
    }
  });

  it('give an id that a dead process had claimed to who links it elsewhere', async () => {
    const customers = scope();
    await bus.xrefs.link(customers, [odoo(7), odoo(8)], { several: true });
    // Claims the id, and dies before the record lists it.
    await dyingStore(1, true)
      .link(customers, [odoo(7), shop(1)], {})
      .catch(() => undefined);
    await bus.xrefs.link(customers, [shop(1), odoo(9)], {});
    expect(textsOf(await bus.xrefs.find(customers, shop(1)))).toEqual(['odoo 9', 'shop 1']);
    await expectWhole(customers);
  });
});

describe('a reservation', () => {
  const wanted = (holder: string, until: number) => ({ system: 'odoo', holder, owner: `run ${holder}`, until });

  it('goes to one of all who ask at once; the others learn the id when it is linked', async () => {
    const customers = scope();
    const until = Date.now() + 60_000;
    const ask = (n: number) => bus.xrefs.reserve(customers, shop(1), wanted(`worker ${n}`, until));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(n)));
    const winners = answers.flatMap(({ kind }, n) => (kind === 'reserved' ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(new Set(answers.map(({ recordId }) => recordId)).size).toBe(1);
    expect(answers.filter(({ kind }) => kind === 'held')).toHaveLength(19);
    expect((await ask(winners[0] as number)).kind).toBe('reserved');
    await bus.xrefs.link(customers, [shop(1), odoo(7)], {});
    expect(await ask(3)).toMatchObject({ kind: 'linked', ids: ['7'] });
  });

  it('survives the death of its holder at every write, and the server’s: the same holder goes on, nobody else before its end', async () => {
    for (const isWritten of [false, true]) {
      for (let at = 1; at <= 2; at++) {
        const customers = scope();
        const until = Date.now() + 60_000;
        await dyingStore(at, isWritten)
          .reserve(customers, shop(1), wanted('a', until))
          .catch(() => undefined);
        const again = await bus.xrefs.reserve(customers, shop(1), wanted('a', until));
        expect(again.kind).toBe('reserved');
        expect((await bus.xrefs.reserve(customers, shop(1), wanted('b', until))).kind).toBe('held');
      }
    }
    const customers = scope();
    const until = Date.now() + 60_000;
    const asking = bus.xrefs.reserve(customers, shop(2), wanted('a', until)).catch(() => undefined);
    await server.restart();
    await asking;
    await vi.waitFor(() => bus.xrefs.reserve(customers, shop(2), wanted('a', until)), 10_000);
    expect((await bus.xrefs.reserve(customers, shop(2), wanted('b', Date.now() + 60_000))).kind).toBe('held');
  });

  it('ends by time with the same record, and by being given back', async () => {
    const customers = scope();
    let now = 0;
    const timed = createXrefs(link, () => now);
    const first = await timed.reserve(customers, shop(1), wanted('a', 100));
    now = 100;
    expect(await timed.reserve(customers, shop(1), wanted('b', 200))).toEqual({ ...first, until: 200 });
    const back = { system: 'odoo', owner: 'run b' };
    expect(await timed.release(customers, shop(1), { ...back, owner: 'run a' })).toBe(false);
    expect(await timed.release(customers, shop(1), back)).toBe(true);
    expect((await timed.reserve(customers, shop(1), wanted('a', 300))).kind).toBe('reserved');
  });
});

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
