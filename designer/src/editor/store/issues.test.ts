import { type Issue, newFlow } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { mergeIssues, placeOf, problemsByNode } from './issues.ts';

const issue = (change: Partial<Issue>): Issue => ({
  code: 'FLOW_NODE_CONFIG',
  severity: 'error',
  path: '/nodes/0/config/url',
  nodeId: 'erp',
  message: 'is missing',
  ...change,
});
const flow = {
  ...newFlow('f', 'F'),
  nodes: [
    { id: 'erp', type: 'http.request', config: {} },
    { id: 'map', type: 'transform', config: {} },
  ],
};
const manifest = {
  type: 'transform',
  config: { type: 'object', properties: { mapping: { 'x-mapping': true } } },
} as unknown as import('@crossdock/flow-model').NodeManifest;
const manifests = new Map([['transform', manifest]]);

test('an issue that both sides find is shown once', () => {
  expect(mergeIssues([issue({})], [issue({ message: 'said otherwise' })])).toHaveLength(1);
});

test('what only the runtime finds is added, and errors come before warnings', () => {
  const merged = mergeIssues([issue({ severity: 'warning' })], [issue({ path: '/nodes/0/connection' })]);
  expect(merged.map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

test('badges count errors and warnings apart', () => {
  const counts = problemsByNode([
    issue({}),
    issue({ path: '/x', severity: 'warning' }),
    issue({ nodeId: undefined as never }),
  ]);
  expect(counts.get('erp')).toEqual({ errors: 1, warnings: 1 });
});

test.each([
  ['/nodes/0/config/url', 'erp', 'settings', '/config/url'],
  ['/nodes/0/retry/maxAttempts', 'erp', 'reliability', '/retry/maxAttempts'],
  ['/nodes/1/config/mapping', 'map', 'mapping', '/config/mapping'],
])('%s opens its field', (path, nodeId, tab, below) => {
  expect(placeOf(issue({ path, nodeId }), flow, manifests)).toEqual({ nodeId, tab, path: below });
});

test('an issue of the flow opens the settings of the flow', () => {
  const { nodeId: _none, ...rest } = issue({ path: '/settings/dedupeKey' });
  expect(placeOf(rest, flow, manifests)).toEqual({ nodeId: undefined, tab: 'settings', path: '/settings/dedupeKey' });
});
