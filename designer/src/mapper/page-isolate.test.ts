import { FlowError } from '@crossdock/errors';
import { crossReferenceFunction, type IsolateTask } from '@crossdock/mapping';
import { expect, test, vi } from 'vitest';
import { evaluateForPage } from './evaluate-for-page.ts';
import { createPageIsolate, type WorkerPort } from './page-isolate.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A worker on this thread: what goes either way is copied, and comes later, as by a real one. */
function startHere(): WorkerPort {
  const port = { onerror: null, onmessage: null, terminate: vi.fn(), postMessage } as WorkerPort;
  const take = evaluateForPage((message: FromWorker) => {
    const data = structuredClone(message);
    queueMicrotask(() => port.onmessage?.call(port as Worker, { data } as MessageEvent));
  });
  return port;

  function postMessage(message: ToWorker): void {
    const data = structuredClone(message);
    queueMicrotask(() => take(data));
  }
}

const taskOf = (source: string, more: Partial<IsolateTask> = {}): IsolateTask => ({
  ...{ source, input: { id: 12 }, bindings: { vars: { env: 'dev' } }, functions: {} },
  ...{ clock: { nowMs: 0, seed: '' } },
  limits: { timeoutMs: 3000, maxDepth: 100, maxSequence: 1000, maxResultBytes: 1000 },
  ...more,
});

const XREF = '{ "env": $vars.env, "id": $xref("customer", "shop", id, "odoo") }';

test('the functions of the page are called in the page', async () => {
  const asked: unknown[] = [];
  const xref = crossReferenceFunction((query) => {
    asked.push(query);
    return ['7'];
  });
  const isolate = createPageIsolate(async () => startHere());
  expect(await isolate.evaluate(taskOf(XREF, { functions: { xref } }))).toEqual({ env: 'dev', id: '7' });
  expect(asked).toEqual([{ entity: 'customer', system: 'shop', id: '12', toSystem: 'odoo' }]);
});

test('what they refuse is what the mapping fails with', async () => {
  const isolate = createPageIsolate(async () => startHere());
  const xref = crossReferenceFunction(() => []);
  const error = await isolate.evaluate(taskOf(XREF, { functions: { xref } })).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(FlowError);
  expect(error).toMatchObject({ code: 'DATA_XREF_MISSING', details: { id: '12' } });
  expect(await isolate.evaluate(taskOf('id + 1'))).toBe(13);
});

test('a worker that does not answer in time is ended, and another begun', async () => {
  const deaf = { ...startHere(), postMessage: () => undefined } as WorkerPort;
  const started: WorkerPort[] = [];
  const isolate = createPageIsolate(async () => {
    const port = started.length === 0 ? deaf : startHere();
    started.push(port);
    return port;
  });
  const limits = { ...taskOf('').limits, timeoutMs: 10 };
  await expect(isolate.evaluate(taskOf('id', { limits }))).rejects.toMatchObject({ code: 'DATA_MAPPING_LIMIT' });
  expect(deaf.terminate).toHaveBeenCalled();
  expect(await isolate.evaluate(taskOf('id'))).toBe(12);
  expect(started).toHaveLength(2);
});
