import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { growth, memoryOf, watchMemory } from './harness/memory.ts';
import { isFull, loadSeconds, seed } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';

const DOWN_SECONDS = loadSeconds({ short: 60, full: 600 });
const PER_SECOND = 200;
const RECOVERY_MS = 15 * 60_000;
/** Of what the processes held in the first third of the outage. */
const FLAT = 1.25;
const retry = { maxAttempts: 1000, initialDelayMs: 1000, factor: 4, maxDelayMs: 300_000, jitter: 0.2 };

describe.runIf(isFull)('more comes in than goes out', { timeout: DOWN_SECONDS * 1000 + RECOVERY_MS + 300_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
    const { fleet, oracle } = stage;
    const nodes = [mappingNode('map'), effectNode('effect', oracle.url('effect'), { retry })];
    await deployFlow(fleet.control, chainFlow('pressed', nodes));
  });
  afterAll(() => stage?.clear());

  test('a target is down while 200 orders a second come: memory stays flat and all arrive within 15 min of its return', async () => {
    const { fleet, oracle, nats, view } = stage;
    await oracle.setFaults('effect', { downForMs: 24 * 3_600_000 });
    const load = startLoad({ url: fleet.control.url, path: 'pressed', perSecond: PER_SECOND });
    const memory = watchMemory(() => memoryOf(fleet, [nats.pid]));
    await sleep(DOWN_SECONDS * 1000);
    memory.stop();
    await load.stop();
    const callsWhileDown = (await oracle.counts()).calls;
    await oracle.setFaults('effect', {});
    const result = await aftermath(stage, load.accepted, { nodes: ['effect'], withinMs: RECOVERY_MS });
    report('back-pressure', {
      seed,
      downSeconds: DOWN_SECONDS,
      accepted: result.accepted,
      refusals: load.refusals,
      callsWhileDown,
      drainMs: result.drainMs,
      memory: [memory.samples[0]?.memory, memory.samples.at(-1)?.memory, memoryOf(fleet, [nats.pid])],
      growth: { control: growth(memory.samples, 'control'), workers: growth(memory.samples, 'workers') },
      triggers: await view.size('EVT'),
    });
    expect(result).toMatchObject(NOTHING_WRONG);
    expect(result.drainMs).toBeDefined();
    expect(growth(memory.samples, 'workers')).toBeLessThan(FLAT);
    expect(growth(memory.samples, 'control')).toBeLessThan(FLAT);
  });

  test('the trigger store is full: hooks answer 503, and take orders again when there is room', async () => {
    const { fleet, view } = stage;
    const { bytes } = await view.size('EVT');
    await view.limit('EVT', bytes + 100_000);
    const load = startLoad({ url: fleet.control.url, path: 'pressed', perSecond: PER_SECOND, prefix: 'full' });
    await sleep(15_000);
    const { 503: refused = 0, ...others } = load.refusals;
    const taken = load.accepted.length;
    await view.limit('EVT', 4 * 1024 ** 3);
    await load.stop();
    const result = await aftermath(stage, load.accepted, { nodes: ['effect'], withinMs: 120_000 });
    report('back-pressure full', {
      seed,
      taken,
      refused,
      others,
      accepted: load.accepted.length,
      drainMs: result.drainMs,
    });
    expect(refused).toBeGreaterThan(100);
    expect(others).toEqual({});
    expect(load.open()).toBe(0);
    expect({ ...result, stray: [] }).toMatchObject(NOTHING_WRONG);
  });
});
