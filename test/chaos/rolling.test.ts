import { setTimeout as sleep } from 'node:timers/promises';
import { seededChance } from '@crossdock/engine/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const SECONDS = loadSeconds({ short: 30, full: 90 });
const SWITCH_EVERY_MS = 3000;
/** A deployment is in effect everywhere after this. */
const IN_EFFECT_MS = 1000;

describe.runIf(isFull)(
  'workers come and go, and revisions change, under 100 orders a second',
  { timeout: 900_000 },
  () => {
    let stage: Stage;
    /** Each revision's second effect says which one it is. */
    const flowNumber = (number: number) => {
      const { oracle } = stage;
      const last = effectNode('last', oracle.url('last'));
      last.config.body = `= { 'order': $trigger.order, 'seq': $trigger.seq, 'node': $meta.nodeId, 'execution': $meta.executionId,
      'revision': ${number} }`;
      return chainFlow('rolling', [mappingNode('map'), effectNode('first', oracle.url('first')), last]);
    };
    beforeAll(async () => {
      stage = await setStage({ workers: 3 });
      await deployFlow(stage.fleet.control, flowNumber(1));
    });
    afterAll(() => stage?.clear());

    test('nothing is lost or done twice, all that an order does is of one revision, and that is the deployed one', async () => {
      const { fleet, oracle } = stage;
      const chance = seededChance(seed);
      const load = startLoad({ url: fleet.control.url, path: 'rolling', perSecond: 100 });
      const end = Date.now() + SECONDS * 1000;
      // The first call says `$meta.revision`, so numbers and revisions must go together.
      const deployed = [{ number: 1, askedAt: 0, doneAt: 0 }];
      const switching = (async () => {
        for (let number = 2; Date.now() < end; number++) {
          await sleep(SWITCH_EVERY_MS);
          const askedAt = Date.now();
          expect(await deployFlow(fleet.control, flowNumber(number))).toBe(number);
          deployed.push({ number, askedAt, doneAt: Date.now() });
        }
      })();
      let joined = 0;
      const exits: (number | null)[] = [];
      while (Date.now() < end) {
        await sleep(2000 + chance.below(2000));
        const leaving = chance.pick(fleet.workers.slice(0, 3));
        exits.push(await leaving.drain());
        leaving.start();
        if (joined < 1 && Date.now() < end) {
          await fleet.join();
          joined++;
        }
      }
      await switching;
      await load.stop();
      const result = await aftermath(stage, load.accepted, { nodes: ['first', 'last'], withinMs: 60_000 });
      const byOrder = Map.groupBy(await oracle.calls(), ({ order }) => order);
      const wrong = load.accepted.filter(({ order, sentAt, acceptedAt }) => {
        const revisions = new Set(byOrder.get(order)?.map(({ revision }) => revision));
        const [revision = 0] = revisions;
        const sure = deployed.filter(({ doneAt }) => doneAt + IN_EFFECT_MS <= sentAt).at(-1)?.number ?? 1;
        const possible = deployed.filter(({ askedAt }) => askedAt <= acceptedAt).at(-1)?.number ?? 1;
        return revisions.size !== 1 || revision < sure || revision > possible;
      });
      const { accepted, repeatedCalls, drainMs, latency } = result;
      report('rolling', {
        seed,
        seconds: SECONDS,
        drains: exits.length,
        deployments: deployed.length,
        accepted,
        wrongRevision: wrong.length,
        repeatedCalls,
        drainMs,
        latency,
        refusals: load.refusals,
      });
      expect(exits.filter((code) => code !== 0)).toEqual([]);
      expect(wrong).toEqual([]);
      expect(load.refusals).toEqual({});
      expect(result).toMatchObject(NOTHING_WRONG);
      // Whoever leaves gives back or finishes what it holds: nothing is called twice.
      expect(repeatedCalls).toBe(0);
    });
  },
);
