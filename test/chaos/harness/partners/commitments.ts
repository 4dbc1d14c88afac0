import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalSnapshot } from '@crossdock/engine';
import { type Flow, parseFlow } from '@crossdock/flow-model';
import type { RunningRuntime } from '../../../fixtures/runtime.ts';
import type { PartnerServers } from './partner-servers.ts';
import { EFFECTS, type EffectState, type Partners } from './partners.ts';

/** A commitment that got its 202. */
export interface Commitment {
  order: string;
  executionId: string;
}

/** A flow of the product as it is, apart from its patience, which would outlast a test: its calls and pauses are cut short. */
export async function impatientFlow(name: string, attempts: Readonly<Record<string, number>> = {}): Promise<Flow> {
  const flow = parseFlow(await readFile(new URL(`../../../../flows/${name}/flow.json`, import.meta.url), 'utf8'));
  const nodes = flow.nodes.map((node) => ({
    ...node,
    ...(node.timeoutMs === undefined && node.connection === undefined ? {} : { timeoutMs: 1000 }),
    ...(node.retry === undefined
      ? {}
      : {
          retry: {
            ...node.retry,
            ...{ initialDelayMs: 100, maxDelayMs: 500 },
            ...(attempts[node.id] === undefined ? {} : { maxAttempts: attempts[node.id] }),
          },
        }),
    ...(node.breaker === undefined ? {} : { breaker: { failures: 5, windowMs: 1000, openMs: 200, maxOpenMs: 500 } }),
  }));
  return { ...flow, nodes };
}

/** Tells `dev` where the partners are. */
export async function introduce(control: RunningRuntime, partners: PartnerServers): Promise<void> {
  const url = partners.url('odoo');
  const settings = { url, database: 'prod', companies: [1], callsPerSecond: 1000, callsAtOnce: 20 };
  await control.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name: 'odoo', type: 'odoo', settings, credentials: { apiKey: 'a'.repeat(40) } },
  });
  const [crmUrl, wmsUrl, tmsUrl, financeUrl] = (['crm', 'wms', 'tms', 'finance'] as const).map(partners.url);
  await control.json('PUT', '/api/v1/environments/dev/variables', { crmUrl, wmsUrl, tmsUrl, financeUrl });
}

/** Tells of an order and asks to commit it. */
export async function commit(control: RunningRuntime, order: string): Promise<Commitment> {
  const lines = [{ lineKey: `${order}/1`, qty: { value: '2', uom: 'EA' } }];
  await control.json('POST', '/api/v1/environments/dev/events', {
    ...{ key: order, type: 'com.platform.order.received.v1', data: { orderKey: order, lines } },
  });
  const answer = await fetch(`${control.url}/hooks/dev/orders/commit`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({
      ...{ orderNo: order, customerNo: `C-${order}`, requestedShipDate: '2027-01-02', service: 'GROUND' },
      ...{ shipTo: { city: 'Hamburg', country: 'DE' }, lines: [{ no: 1, sku: 'A-1', quantity: 2, uom: 'EA' }] },
    }),
  });
  if (answer.status !== 202) throw new Error(`the hook answered ${answer.status}: ${await answer.text()}`);
  return { order, executionId: ((await answer.json()) as { executionId: string }).executionId };
}

/** Commits so many orders, one every `everyMs`. */
export async function commitAll(
  control: RunningRuntime,
  { prefix, count, everyMs }: { prefix: string; count: number; everyMs: number },
): Promise<Commitment[]> {
  const begun: Promise<Commitment>[] = [];
  for (let number = 0; number < count; number++) {
    begun.push(commit(control, `${prefix}${number}`));
    await sleep(everyMs);
  }
  return Promise.all(begun);
}

/** How a commitment ended. `half`: neither wholly done nor wholly undone. `open`: not ended. */
export type Outcome = 'committed' | 'compensated' | 'nothing done' | 'half' | 'open';

/** By its execution and by what stands in the other systems; where the two disagree it is `half`. */
export function outcomeOf(partners: Partners, order: string, journal: JournalSnapshot | undefined): Outcome {
  const effects = partners.effectsOf(order);
  const all = (...states: EffectState[]): boolean => EFFECTS.every((effect) => states.includes(effects[effect]));
  switch (journal?.status) {
    case 'succeeded':
      if (all('done')) return 'committed';
      return all('none') ? 'nothing done' : 'half';
    case 'failed':
      return all('none') ? 'nothing done' : 'half';
    case 'compensated':
      return all('none', 'undone') ? 'compensated' : 'half';
    case 'compensation-failed':
    case 'cancelled':
      return 'half';
    default:
      return 'open';
  }
}
