import { type Flow, newFlow } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { knownInput } from './known-input.ts';

const edge = (source: string, target: string, sourceHandle = 'out') => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});
const flow: Flow = {
  ...newFlow('f', 'F'),
  nodes: [
    { id: 'hook', type: 'webhook', config: {} },
    { id: 'map', type: 'transform', config: { mapping: '{ "no": name }' } },
    { id: 'check', type: 'validate', config: {} },
    { id: 'second', type: 'transform', config: { mapping: '$' } },
    { id: 'call', type: 'http.request', config: {} },
    { id: 'after', type: 'transform', config: { mapping: '$' } },
  ],
  edges: [
    edge('hook', 'map'),
    edge('map', 'check'),
    edge('check', 'second'),
    edge('second', 'call'),
    edge('call', 'after'),
  ],
};
const sample = { name: 'One', payload: { name: '#1' } };

test('the first node gets the sample itself', async () => {
  expect(await knownInput(flow, 'map', sample, {}, undefined)).toMatchObject({ known: true, input: { name: '#1' } });
});

test('later nodes get what the mappings before them make of it', async () => {
  const known = await knownInput(flow, 'second', sample, {}, undefined);
  expect(known).toMatchObject({ known: true, input: { no: '#1' }, outputs: { map: { no: '#1' } } });
});

test('a wait hands on what it got, but an event comes in its place', async () => {
  const waiting = (config: Record<string, unknown>, handle: string): Flow => ({
    ...flow,
    nodes: [...flow.nodes, { id: 'wait', type: 'wait', config }],
    edges: [edge('hook', 'wait'), edge('wait', 'second', handle)],
  });
  const behind = (config: Record<string, unknown>, handle = 'out') =>
    knownInput(waiting(config, handle), 'second', sample, {}, undefined);
  expect(await behind({ for: 'duration', durationMs: 1 })).toMatchObject({ known: true, input: { name: '#1' } });
  expect(await behind({ for: 'event', key: 'k' }, 'timeout')).toMatchObject({ known: true, input: { name: '#1' } });
  expect(await behind({ for: 'event', key: 'k' })).toEqual({ known: false });
});

test('behind a call nothing is known without a run', async () => {
  expect(await knownInput(flow, 'after', sample, {}, undefined)).toEqual({ known: false });
});

test('behind a call the last run on the same sample tells', async () => {
  const span = {
    spanId: 's',
    nodeId: 'after',
    nodeType: 'transform',
    attempt: 1,
    startedAt: '',
    durationMs: 1,
    edges: [],
  };
  const run = {
    status: 'succeeded' as const,
    durationMs: 1,
    spans: [{ ...span, status: 'succeeded' as const, input: { status: 200 } }],
  };
  const shown = { run, flow, sampleName: 'One', asked: {} };
  expect(await knownInput(flow, 'after', sample, {}, shown)).toMatchObject({ known: true, input: { status: 200 } });
});

test('a node that nothing leads to gets nothing', async () => {
  expect(await knownInput({ ...flow, edges: [] }, 'map', sample, {}, undefined)).toEqual({ known: false });
});
