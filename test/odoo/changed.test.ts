import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime } from '../fixtures/runtime.ts';
import { type Collector, startBesideOdoo, startCollector } from './journey.ts';
import { call, hasOdoo, made, ODOO_URL } from './real-odoo.ts';

/** `ODOO_LONG=1` runs what the gate has no time for. */
const isLong = process.env.ODOO_LONG === '1';
const WRITERS = isLong ? 2000 : 200;
/** Records that each writes in one transaction. */
const EACH = 5;
const CHANGES = WRITERS * EACH;
/** At once: Odoo has 64 connections to its database, and answers 500 where there is none left. */
const AT_ONCE = 40;
/** Transactions sleep up to so long between writing and committing. */
const LATE_SECONDS = isLong ? 20 : 3;
/** Of whatever waits; milliseconds. */
const PATIENCE = 120_000;
const MODEL = 'res.partner.category';

interface Told {
  readonly change: string;
  readonly id: number;
  readonly record: { readonly name: string } | null;
}

describe.skipIf(!hasOdoo)('what changes in Odoo', () => {
  const mark = `changed-${crypto.randomUUID()}`;
  let runtime: RunningRuntime;
  let collector: Collector;
  let late: number;

  beforeAll(async () => {
    collector = await startCollector();
    runtime = await startBesideOdoo(ODOO_URL);
    late = await lateWriter();
  });
  afterAll(async () => {
    await runtime.stop();
    await collector.close();
  });

  const told = (): Told[] => [...collector.heard.values()] as Told[];
  const deploy = (config: object = {}) =>
    deployFlow(runtime, {
      ...{ formatVersion: 1, id: 'changes', name: 'Changes', settings: {} },
      nodes: [
        {
          ...{ id: 'changed', type: 'odoo.changed', connection: 'odoo' },
          config: {
            model: MODEL,
            domain: `[["name", "like", "${mark}"]]`,
            fields: ['name'],
            intervalMs: 1000,
            ...config,
          },
        },
        {
          ...{ id: 'tell', type: 'http.request', timeoutMs: 10_000 },
          config: { method: 'POST', url: `${collector.url}/told`, body: '= $' },
        },
      ],
      edges: [{ id: 'e', source: 'changed', sourceHandle: 'out', target: 'tell', targetHandle: 'in' }],
    } as { id: string });
  const looks = async () => {
    const text = await (await fetch(`${runtime.url}/metrics`)).text();
    return Number(/crossdock_polls_total\{[^}]*outcome="looked"[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
  };

  test(`${CHANGES} changes by ${WRITERS} writers that commit late, the runtime killed meanwhile: none missed, none repeated`, async () => {
    const names = Array.from({ length: CHANGES }, (_, at) => ({ name: `${mark} old ${at}` }));
    const ids = await call<number[]>(MODEL, 'create', { args: { vals_list: names } });
    await deploy();
    await eventually('the first look', PATIENCE, async () => (await looks()) > 0);

    const wanted = new Map(ids.map((id, at) => [id, `${mark} new ${at}`]));
    const left = [...wanted].map(([id, name]) => ({ id, name }));
    const writers = Array.from({ length: AT_ONCE }, async () => {
      while (left.length > 0) await writeLate(left.splice(0, EACH));
    });
    await eventually('some are told', PATIENCE, async () => collector.heard.size > CHANGES / 10);
    await runtime.kill();
    await runtime.restart();
    await Promise.all(writers);

    await eventually('all are told', PATIENCE, async () => collector.heard.size >= CHANGES);
    const after = await looks();
    await eventually('two more looks', PATIENCE, async () => (await looks()) > after + 1);
    const heard = told();
    expect(heard.map(({ id }) => id).sort((a, b) => a - b)).toEqual([...wanted.keys()].sort((a, b) => a - b));
    expect(heard.filter(({ id, record }) => record?.name !== wanted.get(id))).toEqual([]);
  });

  test('a hint makes it look at once, and what was deleted is told when all is compared', async () => {
    const hint = crypto.randomUUID().replaceAll('-', '');
    const id = await made(MODEL, { name: `${mark} hinted` });
    await eventually('the record is told', PATIENCE, async () => told().some((one) => one.id === id));
    await deploy({ intervalMs: 3_600_000, hint, deletions: true, compareEveryMs: 1000 });
    const heard = async (what: string, is: (one: Told) => boolean) => {
      await eventually(what, PATIENCE, async () => {
        const { status } = await fetch(`${runtime.url}/hooks/dev/odoo-changed/${hint}`, { method: 'POST', body: '{}' });
        return status === 200 && told().some(is);
      });
    };
    await call(MODEL, 'write', { ids: [id], args: { vals: { name: `${mark} hinted again` } } });
    await heard('the change is told', ({ record }) => record?.name === `${mark} hinted again`);
    await call(MODEL, 'unlink', { ids: [id] });
    await heard('the end is told', (one) => one.id === id && one.change === 'deleted');
    const wrong = await fetch(`${runtime.url}/hooks/dev/odoo-changed/${'x'.repeat(32)}`, { method: 'POST' });
    expect(wrong.status).toBe(404);
  });

  /** An action that writes names and commits only so many seconds later. */
  async function lateWriter(): Promise<number> {
    const [model] = await call<{ id: number }[]>('ir.model', 'search_read', {
      args: { domain: [['model', '=', MODEL]], fields: ['id'] },
    });
    const code = `
for one in env.context['names']:
    env['${MODEL}'].browse(one['id']).write({'name': one['name']})
env.flush_all()
env.cr.execute('select pg_sleep(%s)', [env.context['seconds']])`;
    return made('ir.actions.server', { name: mark, model_id: model?.id, state: 'code', code });
  }

  /** Names these records in one transaction that takes its time. */
  async function writeLate(names: readonly object[]): Promise<void> {
    const seconds = LATE_SECONDS * Math.random();
    await call('ir.actions.server', 'run', { ids: [late], context: { names, seconds } });
  }
});
