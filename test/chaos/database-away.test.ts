import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { createDatabase, postgresFolder, startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { eventually } from '../fixtures/runtime.ts';
import { aftermath, NOTHING_WRONG } from './harness/aftermath.ts';
import { report } from './harness/figures.ts';
import { chainFlow, effectNode, mappingNode } from './harness/flows.ts';
import { startLoad } from './harness/load.ts';
import { isFull } from './harness/size.ts';
import { type Stage, setStage } from './harness/stage.ts';
import { percentiles } from './harness/verdict.ts';

const AWAY_MS = isFull ? 60_000 : 15_000;
const PER_SECOND = isFull ? 100 : 30;
/** Far less than the database is away: an order that waited for it would show. */
const NOT_WAITED_MS = AWAY_MS / 2;

describe.skipIf(postgresFolder() === undefined)('PostgreSQL is stopped under load', () => {
  let postgres: TestPostgres;
  let stage: Stage;
  beforeAll(async () => {
    postgres = await startPostgres();
    stage = await setStage({
      workers: 2,
      env: { CROSSDOCK_DATABASE_URL: createDatabase(postgres.url(), 'company') },
    });
    const { fleet, oracle } = stage;
    const effect = effectNode('effect', oracle.url('effect'));
    await deployFlow(fleet.control, chainFlow('away', [mappingNode('map'), effect]));
  }, 600_000);
  afterAll(async () => {
    await stage?.clear();
    await postgres?.stop();
  });

  test('no order waits for it, the API says so and comes back by itself, and nothing is missing afterwards', async () => {
    const { control } = stage.fleet;
    const list = () => control.api('GET', '/api/v1/executions?limit=1');
    const load = startLoad({ url: control.url, path: 'away', perSecond: PER_SECOND });
    await sleep(5000);
    const awayAt = Date.now();
    await postgres.halt();
    await eventually('the API says that the database is away', 20_000, async () => (await list()).status === 503);
    const refusal = await list();
    expect(refusal.headers.get('content-type')).toContain('application/problem+json');
    expect(await refusal.json()).toMatchObject({ status: 503, code: 'SYSTEM_DATABASE_UNAVAILABLE' });
    await eventually('not ready', 20_000, async () => (await fetch(`${control.url}/readyz`)).status === 503);
    await sleep(Math.max(0, awayAt + AWAY_MS - Date.now()));
    const backAt = Date.now();
    const { pid } = control;
    await postgres.resume();
    await eventually('the API is back', 60_000, async () => (await list()).ok);
    await eventually('ready', 60_000, async () => (await fetch(`${control.url}/readyz`)).ok);
    await sleep(3000);
    await load.stop();
    expect(control.pid).toBe(pid);
    expect(load.refusals).toEqual({});

    const result = await aftermath(stage, load.accepted, { nodes: ['effect'], withinMs: 120_000 });
    expect(result).toMatchObject(NOTHING_WRONG);
    const doneAt = new Map((await stage.oracle.calls()).map(({ execution, at }) => [execution, at]));
    const whileAway = load.accepted.filter(({ sentAt }) => sentAt > awayAt && sentAt < backAt);
    const waits = percentiles(
      whileAway.map(({ executionId, sentAt }) => (doneAt.get(executionId) ?? Number.POSITIVE_INFINITY) - sentAt),
    );
    expect(whileAway.length).toBeGreaterThan(PER_SECOND * 3);
    expect(waits.max).toBeLessThan(NOT_WAITED_MS);

    const ids = new Set(load.accepted.map(({ executionId }) => executionId));
    const caughtUpAt = await eventually('every execution is in the database', 120_000, async () => {
      const known = await succeeded();
      return [...ids].every((id) => known.has(id)) && Date.now();
    });
    for (const { executionId } of whileAway.filter((_, at) => at % 20 === 0)) {
      const execution = await control.json<{ spans: { outputRef?: string }[] }>(
        'GET',
        `/api/v1/executions/${executionId}`,
      );
      expect(execution.spans.length).toBeGreaterThan(1);
      for (const ref of ['trigger', execution.spans[0]?.outputRef ?? 'none'])
        expect((await control.api('GET', `/api/v1/executions/${executionId}/payloads/${ref}`)).status).toBe(200);
    }
    report('database-away', {
      awayMs: backAt - awayAt,
      accepted: ids.size,
      whileAway: waits,
      caughtUpMs: caughtUpAt - backAt,
    });
  });

  /** Ids of all executions that the read model shows as succeeded. */
  async function succeeded(): Promise<Set<string>> {
    const ids = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null; ) {
      const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: { executionId: string }[]; nextCursor: string | null } = await stage.fleet.control.json(
        'GET',
        `/api/v1/executions?status=succeeded&limit=200${after}`,
      );
      for (const { executionId } of page.items) ids.add(executionId);
      cursor = page.nextCursor;
    }
    return ids;
  }
});
