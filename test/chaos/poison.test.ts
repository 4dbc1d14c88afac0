import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { judge } from './harness/verdict.ts';

const SECONDS = loadSeconds({ short: 60, full: 120 });
/** What a worker may take of memory here, in MiB; three million empty objects are more. */
const HEAP_MIB = 160;
const HUGE = `{"order":"huge","seq":$,"list":[${'{},'.repeat(3_000_000)}0]}`;
const ENDLESS = '( $f := function($n) { $f($n + 1) }; $f(0) )';
/** The first delivery and its repetition beside a worker, and the run in a process of its own. */
const DELIVERIES = 5;

describe.runIf(isFull)('payloads kill workers and mappings never end', { timeout: 600_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ workerEnv: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}` } });
    const { oracle } = stage;
    const { control } = stage.fleet;
    const effect = effectNode('effect', oracle.url('effect'));
    await deployFlow(control, chainFlow('calm', [mappingNode('map'), effect]));
    await deployFlow(control, chainFlow('huge', [mappingNode('map', '$'), effect]));
    await deployFlow(control, chainFlow('endless', [mappingNode('map', ENDLESS), effect]));
  });
  afterAll(() => stage?.clear());

  test('they are put aside after a few deliveries, and the p99 of other flows stays below twice what it was', async () => {
    const { fleet, oracle } = stage;
    const calm = (prefix: string) => startLoad({ url: fleet.control.url, path: 'calm', perSecond: 100, prefix });
    const before = calm('before');
    await sleep(SECONDS * 1000);
    await before.stop();

    const during = calm('during');
    const bad: string[] = [];
    const post = async (path: string, body: string) => {
      const answer = await fetch(`${fleet.control.url}/hooks/dev/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBe(202);
      bad.push(((await answer.json()) as { executionId: string }).executionId);
    };
    for (let number = 1; number <= 3; number++) {
      await post('endless', `{"order":"endless","seq":${number}}`);
      await sleep((SECONDS * 1000) / 6);
      if (number < 3) await post('huge', HUGE.replace('$', String(number)));
      await sleep((SECONDS * 1000) / 6);
    }
    await during.stop();

    const found = await fatesOf(stage, bad, 120_000);
    const result = await aftermath(stage, [...before.accepted, ...during.accepted], {
      nodes: ['effect'],
      withinMs: 60_000,
    });
    const calls = await oracle.calls();
    const latency = [before, during].map(({ accepted }) => judge(accepted, calls, { nodes: ['effect'] }).latency);
    const deaths = fleet.workers.map(({ meter }) => meter.total('crossdock_worker_restarts_total'));
    report('poison', { seed, seconds: SECONDS, before: latency[0], during: latency[1], deaths, fates: found });
    expect(result).toMatchObject(NOTHING_WRONG);
    expect(new Set(found.map(({ flow, code }) => `${flow} ${code}`))).toEqual(
      new Set(['endless DATA_MAPPING_LIMIT', 'huge RUN_CRASHED']),
    );
    expect(Math.max(...found.map(({ tries }) => tries ?? 0))).toBeLessThanOrEqual(DELIVERIES);
    expect(latency[1]?.p99).toBeLessThan(2 * (latency[0]?.p99 ?? 0));
  });
});

interface Fate {
  flow: string | undefined;
  status: string | undefined;
  code: string | undefined;
  tries: number | undefined;
  seconds: number;
}

/** How each execution has ended, or stands when time is up. */
async function fatesOf({ view }: Stage, executionIds: readonly string[], withinMs: number): Promise<Fate[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const journals = await view.journals();
    const found = executionIds.map((id) => journals.get(id));
    if (found.every((journal) => journal?.status === 'failed') || Date.now() > deadline)
      return found.map((journal) => ({
        flow: journal?.flowId,
        status: journal?.status,
        code: journal?.error?.code,
        tries: journal?.spans.length,
        seconds: (Date.parse(journal?.endedAt ?? '') - Date.parse(journal?.trigger.receivedAt ?? '')) / 1000,
      }));
    await sleep(500);
  }
}
