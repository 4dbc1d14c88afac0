import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually } from '../fixtures/runtime.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { effectTimes, type Move, rightRevisions } from './harness/moves.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { percentiles } from './harness/verdict.ts';

const SECONDS = loadSeconds({ short: 12, full: 90 });
const PAUSE_MS = isFull ? 1500 : 1000;
/** A move is in effect on every ingress after this; the short form runs beside other work. */
const IN_EFFECT_MS = isFull ? 1000 : 5000;
const ENVS = ['dev', 'test'] as const;
const PER_SECOND = 200;

describe('deployments under 200 orders a second, on two workers that both take orders', { timeout: 900_000 }, () => {
  let stage: Stage;
  /** Each revision's second effect says which one it is. */
  const flowNumber = (number: number) => {
    const { oracle } = stage;
    const last = effectNode('last', oracle.url('last'));
    last.config.body = `= { 'order': $trigger.order, 'seq': $trigger.seq, 'node': $meta.nodeId, 'execution': $meta.executionId,
      'revision': ${number} }`;
    return chainFlow('moved', [mappingNode('map'), effectNode('first', oracle.url('first')), last]);
  };
  beforeAll(async () => {
    stage = await setStage({ workers: 2, workerEnv: { CROSSDOCK_ROLES: 'ingress,worker' } });
    const { control, workers } = stage.fleet;
    await deployFlow(control, flowNumber(1));
    await control.json('POST', '/api/v1/environments/test/deployments/moved/promote');
    // A hook that is known says what is wrong with the body.
    const knows = async (url: string, env: string) =>
      (await fetch(`${url}/hooks/${env}/moved`, { method: 'POST', body: '{' })).status !== 404;
    for (const { name, url } of workers)
      for (const env of ENVS) await eventually(`${name} takes orders in ${env}`, 30_000, () => knows(url, env));
  });
  afterAll(() => stage?.clear());

  test('deploy, promote and roll back lose nothing, and every order runs on the revision of its acceptance', async () => {
    const { fleet, oracle } = stage;
    const { control, workers } = fleet;
    const loads = workers.flatMap(({ url }, at) =>
      ENVS.map((env) =>
        startLoad({
          ...{ url, env, path: 'moved', prefix: `${env}${at}-` },
          perSecond: PER_SECOND / ENVS.length / workers.length,
        }),
      ),
    );
    const end = Date.now() + SECONDS * 1000;
    const moves: Move[] = ENVS.map((env) => ({ env, revision: 1, askedAt: 0, doneAt: 0 }));
    const move = async (env: string, expected: number, work: () => Promise<number>): Promise<void> => {
      const askedAt = Date.now();
      expect(await work()).toBe(expected);
      moves.push({ env, revision: expected, askedAt, doneAt: Date.now() });
      await sleep(PAUSE_MS);
    };
    const post = async (path: string) =>
      (await control.json<{ revision: number }>('POST', `/api/v1/environments/${path}`)).revision;
    for (let number = 2; Date.now() < end; number++) {
      await move('dev', number, () => deployFlow(control, flowNumber(number)));
      await move('test', number, () => post('test/deployments/moved/promote'));
      await move('dev', 1, () => post('dev/deployments/moved/rollback'));
      await move('test', 1, () => post('test/deployments/moved/rollback'));
    }
    for (const load of loads) await load.stop();
    const accepted = loads.flatMap((load) => load.accepted);
    const result = await aftermath(stage, accepted, { nodes: ['first', 'last'], withinMs: 120_000 });

    const byOrder = Map.groupBy(await oracle.calls(), ({ order }) => order);
    const ran = accepted.map((each) => ({
      ...each,
      revisions: [...new Set(byOrder.get(each.order)?.map(({ revision }) => revision))],
    }));
    const inEnv = (env: string) => moves.filter((each) => each.env === env);
    const wrong = ran.filter((each) => {
      const right = rightRevisions(inEnv(each.env), each, IN_EFFECT_MS);
      return each.revisions.length !== 1 || !right.has(each.revisions[0] ?? 0);
    });
    const effectMs = ENVS.flatMap((env) =>
      effectTimes(
        inEnv(env),
        ran.filter((each) => each.env === env).map((each) => ({ ...each, revision: each.revisions[0] ?? 0 })),
      ),
    );
    report('deployments', {
      seed,
      seconds: SECONDS,
      moves: moves.length - ENVS.length,
      accepted: accepted.length,
      lost: result.lost.length,
      wrongRevision: wrong.length,
      effectMs: percentiles(effectMs),
      latency: result.latency,
      refusals: loads.map(({ refusals }) => refusals),
    });
    expect(wrong).toEqual([]);
    expect(new Set(ran.flatMap(({ revisions }) => revisions)).size).toBeGreaterThan(1);
    expect(result).toMatchObject(NOTHING_WRONG);
    for (const { refusals } of loads)
      expect(Object.keys(refusals).filter((status) => status.startsWith('4'))).toEqual([]);
  });
});
