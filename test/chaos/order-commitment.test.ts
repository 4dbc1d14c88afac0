import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { report } from './harness/figures.ts';
import { killWorker, startNemesis } from './harness/nemesis.ts';
import {
  type Commitment,
  commitAll,
  impatientFlow,
  introduce,
  type Outcome,
  outcomeOf,
} from './harness/partners/commitments.ts';
import { fateOf, SOUND } from './harness/partners/fate.ts';
import { type PartnerServers, startPartners } from './harness/partners/partner-servers.ts';
import { executionCount, isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { percentiles } from './harness/verdict.ts';

const ORDERS = executionCount(isFull ? 500 : 60);
const EVERY_MS = isFull ? 200 : 80;
/** After which a killed worker's orders go on elsewhere: the short form has no time for the 8 s that are set. */
const ACK_WAIT_MS = 2500;
/** Of all calls to other systems. */
const FAILING = 0.2;
const DRAIN_MS = 180_000;
const LOOK_EVERY_MS = 500;
const OUTAGE_SECONDS = loadSeconds({ short: 5, full: 120 });
/** Shipments that are told in a second, and orders that are committed meanwhile. */
const SHIPMENTS_PER_SECOND = 10;
const COMMITMENTS_PER_SECOND = 3;

interface OrderPage {
  stage?: string;
  lines: { quantities: { allocated: string } }[];
  exceptions: { code: string; isOpen: boolean }[];
}

describe('committing orders in five systems that fail', () => {
  let stage: Stage;
  let partners: PartnerServers;
  beforeAll(async () => {
    partners = await startPartners(seed);
    const allowed = partners.ports.map((port) => `127.0.0.1:${port}`).join(',');
    stage = await setStage({ workers: 2, env: { CROSSDOCK_EGRESS_ALLOW: allowed } });
    if (!isFull) await stage.view.setAckWait(ACK_WAIT_MS);
    await introduce(stage.fleet.control, partners);
    await deployFlow(stage.fleet.control, await impatientFlow('shipment-to-odoo'));
  });
  afterAll(async () => {
    await stage?.clear();
    await partners?.stop();
  });

  /** Waits until all have ended; gives how, by order. */
  async function outcomes(commitments: readonly Commitment[], withinMs: number) {
    const until = Date.now() + withinMs;
    for (;;) {
      const journals = await stage.view.journals();
      const found = new Map(
        commitments.map(({ order, executionId }) => [order, outcomeOf(partners, order, journals.get(executionId))]),
      );
      if (Date.now() >= until || ![...found.values()].includes('open')) return found;
      await sleep(LOOK_EVERY_MS);
    }
  }

  const pageOf = (order: string) => stage.fleet.control.json<OrderPage>('GET', `/api/v1/orders/${order}?env=dev`);

  /** Orders whose pages do not say what stands in the other systems, once all that is told of them had time to arrive. */
  async function oddPages(ended: ReadonlyMap<string, Outcome>, withinMs: number) {
    const until = Date.now() + withinMs;
    let odd: { order: string; outcome: Outcome; open: string; allocated: string }[] = [];
    let left = [...ended];
    do {
      odd = [];
      for (const [order, outcome] of left) {
        const { lines, exceptions } = await pageOf(order);
        const open = exceptions
          .filter(({ isOpen }) => isOpen)
          .map(({ code }) => code)
          .join();
        const allocated = lines.map(({ quantities }) => quantities.allocated).join();
        const isRight = open === (outcome === 'compensated' ? 'COMMITMENT_FAILED' : '');
        if (!isRight || allocated !== (outcome === 'committed' ? '2' : '0'))
          odd.push({ order, outcome, open, allocated });
      }
      left = odd.map(({ order, outcome }) => [order, outcome]);
      if (odd.length > 0) await sleep(LOOK_EVERY_MS);
    } while (odd.length > 0 && Date.now() < until);
    return odd;
  }

  test('every order ends committed or with everything taken back, under kill -9', async () => {
    const { fleet } = stage;
    await deployFlow(fleet.control, await impatientFlow('commit-order', { book: 3 }));
    partners.fail(FAILING);
    const nemesis = startNemesis({ seed, everyMs: [500, 1000], strikes: [killWorker(fleet.workers)] });
    const commitments = await commitAll(fleet.control, { prefix: 'c', count: ORDERS, everyMs: EVERY_MS });
    await sleep(1000);
    await nemesis.stop();
    const startedAt = Date.now();
    const ended = await outcomes(commitments, DRAIN_MS);
    const drainMs = Date.now() - startedAt;
    partners.fail(0);
    const count = (wanted: string) => [...ended.values()].filter((outcome) => outcome === wanted).length;
    report('order-commitment', {
      ...{ seed, orders: ORDERS, kills: nemesis.struck.length, drainMs, repeatedCalls: partners.repeated() },
      ...{ committed: count('committed'), compensated: count('compensated'), nothingDone: count('nothing done') },
      ...{ half: count('half'), open: count('open'), twice: partners.twice.length },
    });
    const wrong = [...ended].filter(([, outcome]) => outcome === 'half' || outcome === 'open');
    expect({ wrong, twice: partners.twice }).toEqual({ wrong: [], twice: [] });
    const sound = [...ended].filter(([order]) => fateOf(seed, order) === 'nothing').map(([, outcome]) => outcome);
    expect(new Set(sound)).toContain('committed');
    const unsound = [...ended].filter(([order]) => fateOf(seed, order) !== 'nothing').map(([, outcome]) => outcome);
    expect(unsound).not.toContain('committed');
    expect(unsound).toContain('compensated');

    expect(await oddPages(ended, 120_000)).toEqual([]);
  });

  test('while carrier and finance are down shipments go on as before, and everything is made up for afterwards', async () => {
    const { fleet } = stage;
    await deployFlow(fleet.control, await impatientFlow('commit-order'));
    const during = async (name: string) => {
      const count = OUTAGE_SECONDS * COMMITMENTS_PER_SECOND;
      const [commitments, tookMs] = await Promise.all([
        commitAll(fleet.control, { prefix: `${SOUND}${name}-`, count, everyMs: 1000 / COMMITMENTS_PER_SECOND }),
        ship(name),
      ]);
      return { commitments, tookMs };
    };
    /** Tells of shipments for the loaded time; gives how long each took to be booked in Odoo. */
    const ship = async (name: string): Promise<number[]> => {
      const booked: Promise<number>[] = [];
      for (let number = 0; number < OUTAGE_SECONDS * SHIPMENTS_PER_SECOND; number++) {
        booked.push(shipped(`ship-${name}-${number}`));
        await sleep(1000 / SHIPMENTS_PER_SECOND);
      }
      return Promise.all(booked);
    };
    const shipped = async (order: string): Promise<number> => {
      const sentAt = Date.now();
      const answer = await fetch(`${fleet.control.url}/hooks/dev/warehouse/shipments`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({
          orderNo: order,
          deliveryNo: `OUT/${order}`,
          lines: [{ moveId: partners.odooId(order), shipped: 2 }],
        }),
      });
      expect({ order, status: answer.status, body: await answer.json() }).toMatchObject({ status: 200 });
      return Date.now() - sentAt;
    };

    const before = await during('before');
    partners.down(['tms', 'finance']);
    const meanwhile = await during('meanwhile');
    const openWhileDown = (await outcomes(meanwhile.commitments, 0)).values().filter((outcome) => outcome === 'open');
    const waiting = openWhileDown.toArray().length;
    partners.down([]);
    const backAt = Date.now();
    const ended = await outcomes([...before.commitments, ...meanwhile.commitments], DRAIN_MS);
    const [was, is] = [percentiles(before.tookMs), percentiles(meanwhile.tookMs)];
    report('order-commitment outage', {
      ...{ seed, seconds: OUTAGE_SECONDS, shipments: meanwhile.tookMs.length, before: was, meanwhile: is },
      ...{ waiting, caughtUpMs: Date.now() - backAt },
    });
    expect(waiting).toBe(meanwhile.commitments.length);
    expect([...ended].filter(([, outcome]) => outcome !== 'committed')).toEqual([]);
    expect([...partners.shipped.values()].filter((times) => times > 1)).toEqual([]);
    expect(partners.shipped.size).toBe(before.tookMs.length + meanwhile.tookMs.length);
    expect(is.p95).toBeLessThan(Math.max(2 * was.p95, was.p95 + 250));
  });
});
