import { setTimeout as sleep } from 'node:timers/promises';
import { connectOtherSystem } from '@crossdock/bus/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, triggeredFlow } from './harness/flows.ts';
import { type Accepted, startLoad } from './harness/load.ts';
import type { Call } from './harness/oracle.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { judge } from './harness/verdict.ts';

const SECONDS = loadSeconds({ short: 30, full: 60 });
const FLOWS = 20;
/** Of the twenty, so many call the target that takes 50 a second. */
const CAPPED = 8;
const CAP = { limit: 50, periodMs: 1000 };
const EVENTS_PER_SECOND = 1;
const BURST = 10;

describe.runIf(isFull)(
  '20 flows hear the same event, ten times as many come for a minute, and one target takes 50 a second',
  {
    timeout: 900_000,
  },
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage();
      const { fleet, oracle, nats } = stage;
      const shop = await connectOtherSystem(nats.url);
      await shop.makeStream('SHOP', ['shop.orders']);
      await shop.close();
      for (let number = 1; number <= FLOWS; number++) {
        const isCapped = number <= CAPPED;
        const id = `hears-${number}`;
        const effect = effectNode(id, oracle.url(isCapped ? 'capped' : 'free'), isCapped ? { rateLimit: CAP } : {});
        const hears = { type: 'nats.subscribe', config: { subject: 'shop.orders', stream: 'SHOP' } };
        await deployFlow(fleet.control, triggeredFlow(id, hears, [effect], { concurrency: 256 }));
      }
      await deployFlow(fleet.control, chainFlow('calm', [effectNode('effect', oracle.url('calm'))]));
      // Subscriptions begin with what comes once they stand.
      await sleep(5000);
    });
    afterAll(() => stage?.clear());

    test('nothing is lost, and the p99 of flows that do not call that target stays below twice what it was', async () => {
      const { fleet, oracle, nats } = stage;
      const shop = await connectOtherSystem(nats.url);
      const events: Accepted[] = [];
      const publishFor = async (seconds: number, perSecond: number, prefix: string): Promise<void> => {
        const startedAt = Date.now();
        for (let number = 0; number < seconds * perSecond; number++) {
          await sleep(Math.max(0, startedAt + (number / perSecond) * 1000 - Date.now()));
          const order = `${prefix}${number}`;
          const sentAt = Date.now();
          await shop.publish('shop.orders', JSON.stringify({ order, seq: 1 }));
          events.push({
            env: 'dev',
            path: 'shop',
            order,
            seq: 1,
            executionId: '',
            sentAt,
            acceptedAt: Date.now(),
            tries: 1,
          });
        }
      };
      const calm = (prefix: string) => startLoad({ url: fleet.control.url, path: 'calm', perSecond: 20, prefix });
      const phases: { name: string; calm: readonly Accepted[] }[] = [];
      for (const [name, perSecond] of [
        ['warm', EVENTS_PER_SECOND],
        ['before', EVENTS_PER_SECOND],
        ['burst', EVENTS_PER_SECOND * BURST],
      ] as const) {
        const load = calm(`calm-${name}-`);
        await publishFor(name === 'warm' ? 5 : SECONDS, perSecond, `${name}-`);
        await load.stop();
        phases.push({ name, calm: load.accepted });
      }
      const all = phases.flatMap(({ calm: accepted }) => accepted);
      const heard = Array.from({ length: FLOWS }, (_, at) => `hears-${at + 1}`);
      const effects = all.length + events.length * FLOWS;
      const result = await aftermath(stage, all, { nodes: ['effect'], withinMs: 180_000, effects });
      await shop.close();
      const calls = await oracle.calls();
      const ofEvents = judge(events, calls, { nodes: heard });
      const p99 = (name: string) => {
        const free = judge(eventsOf(events, name), calls, { nodes: heard.slice(CAPPED) }).latency.p99;
        const accepted = phases.find((phase) => phase.name === name)?.calm ?? [];
        return { free, calm: judge(accepted, calls, { nodes: ['effect'] }).latency.p99 };
      };
      const [before, burst] = [p99('before'), p99('burst')];
      const capped = calls.filter(({ target }) => target === 'capped');
      report('burst', {
        seed,
        seconds: SECONDS,
        events: events.length,
        effects,
        lost: ofEvents.lost.length,
        before,
        burst,
        cappedBusiestSecond: busiestSecond(capped),
        drainMs: result.drainMs,
      });
      expect({ lost: ofEvents.lost, twice: ofEvents.twice }).toEqual({ lost: [], twice: [] });
      expect({ ...result, stray: [] }).toMatchObject(NOTHING_WRONG);
      expect(burst.calm).toBeLessThan(2 * before.calm);
      expect(burst.free).toBeLessThan(2 * before.free);
    });
  },
);

function eventsOf(events: readonly Accepted[], phase: string): Accepted[] {
  return events.filter(({ order }) => order.startsWith(`${phase}-`));
}

/** The most calls in a second, over any ten. */
function busiestSecond(calls: readonly Call[]): number {
  let from = 0;
  let most = 0;
  calls.forEach(({ at }, index) => {
    while ((calls[from]?.at ?? at) <= at - 10_000) from++;
    most = Math.max(most, index - from + 1);
  });
  return most / 10;
}
