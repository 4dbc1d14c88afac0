import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployFlow } from '../fixtures/flows.ts';
import { eventually, type RunningRuntime } from '../fixtures/runtime.ts';
import { type Collector, startBesideOdoo, startCollector } from './journey.ts';
import { call, failureOf, hasOdoo, made, ODOO_URL } from './real-odoo.ts';

/** `ODOO_LONG=1` runs what the gate has no time for. */
const isLong = process.env.ODOO_LONG === '1';
const WRITERS = 200;
const CHANGES = isLong ? 5000 : 1000;
/** Records of a transaction that sleeps before it commits. */
const LATE = 20;
const LATE_SECONDS = isLong ? [1, 2, 4, 8, 16, 30] : [1, 2, 4, 6];
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
          config: { model: MODEL, domain: `[["name", "like", "${mark}"]]`, fields: ['name'], intervalMs: 1000, ...config },
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

  test(`${CHANGES} changes by ${WRITERS} writers, some committed late, the runtime killed meanwhile: none missed, none repeated`, async () => {
    const names = Array.from({ length: CHANGES }, (_, at) => ({ name: `${mark} old ${at}` }));
    const ids = await call<number[]>(MODEL, 'create', { args: { vals_list: names } });
    await deploy();
    await eventually('the first look', 20_000, async () => (await looks()) > 0);

    const left = ids.map((id, at) => ({ id, name: `${mark} new ${at}` }));
    const wanted = new Map(left.map(({ id, name }) => [id, name]));
    const slow = LATE_SECONDS.map((seconds) => writeLate(left.splice(0, LATE), seconds));
    const writers = Array.from({ length: WRITERS }, async () => {
      for (let one = left.pop(); one; one = left.pop())
        await persistently(MODEL, 'write', { ids: [one.id], args: { vals: { name: one.name } } });
    });
    await eventually('some are told', 30_000, async () => collector.heard.size > 50);
    await runtime.kill();
    await runtime.restart();
    await Promise.all([...writers, ...slow]);

    await eventually('all are told', 60_000, async () => collector.heard.size >= CHANGES);
    const after = await looks();
    await eventually('two more looks', 20_000, async () => (await looks()) > after + 1);
    const told_ = told();
    expect(told_.map(({ id }) => id).sort((a, b) => a - b)).toEqual([...wanted.keys()].sort((a, b) => a - b));
    expect(told_.filter(({ id, record }) => record?.name !== wanted.get(id))).toEqual([]);
  });

  test('a hint makes it look at once, and what was deleted is told when all is compared', async () => {
    const hint = crypto.randomUUID().replaceAll('-', '');
    const id = await made(MODEL, { name: `${mark} hinted` });
    await eventually('the record is told', 20_000, async () => told().some((one) => one.id === id));
    await deploy({ intervalMs: 3_600_000, hint, deletions: true, compareEveryMs: 1000 });
    const heard = async (what: string, is: (one: Told) => boolean) => {
      await eventually(what, 20_000, async () => {
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

  /** Odoo has 64 connections to its database: who gets none is answered 500 and tries again. */
  async function persistently(...given: Parameters<typeof call>): Promise<void> {
    for (;;) {
      const error = await failureOf(call(...given));
      if (!error) return;
      if (error.code !== 'REMOTE_ERROR') throw error;
      await sleep(500 + 1500 * Math.random());
    }
  }

  async function writeLate(names: readonly object[], seconds: number): Promise<void> {
    await persistently('ir.actions.server', 'run', { ids: [late], context: { names, seconds } });
  }
});
