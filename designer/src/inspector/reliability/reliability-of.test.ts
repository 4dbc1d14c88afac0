import type { FlowNode, NodeManifest } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { compensatingNodes, reliabilityOf, timeoutOf } from './reliability-of.ts';

const node = (id: string, change: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type: 'http.request',
  config: {},
  ...change,
});
const request = { kind: 'action', effect: 'keyed' } as NodeManifest;
const wait = { kind: 'control', effect: 'none', control: 'wait' } as NodeManifest;
const transform = { kind: 'transform', effect: 'none' } as NodeManifest;

test('an effect can be tried again, held up, in doubt and undone', () => {
  expect(reliabilityOf(node('erp'), request)).toEqual({
    retry: true,
    timeout: true,
    remote: true,
    doubt: true,
    compensate: true,
  });
});

test('a pure node can only be tried again', () => {
  expect(reliabilityOf(node('map'), transform)).toMatchObject({ retry: true, remote: false, compensate: false });
});

test('what the engine works at itself has none of it, but what a file holds can be taken away', () => {
  expect(reliabilityOf(node('w'), wait)).toMatchObject({ retry: false, timeout: false, doubt: false });
  expect(reliabilityOf(node('w', { retry: { maxAttempts: 2 } }), wait)).toMatchObject({ retry: true });
});

test('only actions that no edge touches can undo', () => {
  const manifests = new Map([['http.request', request]]);
  const edge = { id: 'e', source: 'a', sourceHandle: 'out', target: 'b', targetHandle: 'in' };
  const nodes = [node('a'), node('b'), node('off'), node('x', { type: 'unknown' })];
  expect(compensatingNodes({ nodes, edges: [edge] }, manifests).map(({ id }) => id)).toEqual(['off']);
});

test('the timeout shown is that of the node type, else that of all', () => {
  expect(timeoutOf({ ...request, timeoutMs: 150_000 }).fallback).toBe(150_000);
  expect(timeoutOf(request).fallback).toBe(30_000);
});
