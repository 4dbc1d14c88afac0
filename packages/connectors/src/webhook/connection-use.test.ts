import { type FlowNode, newFlow, validateFlow } from '@crossdock/flow-model';
import { checkMapping } from '@crossdock/mapping';
import { expect, test } from 'vitest';
import { manifestsByType } from '../manifests.ts';

const issuesOf = (node: Omit<FlowNode, 'id'>) =>
  validateFlow({ ...newFlow('f', 'F'), nodes: [{ id: 'n', ...node }] }, { manifests: manifestsByType, checkMapping })
    .filter(({ nodeId, code }) => nodeId === 'n' && code !== 'FLOW_UNREACHABLE')
    .map(({ code, path }) => `${code} ${path}`);
const webhook = (config: Record<string, unknown>, connection?: string) => ({
  type: 'webhook',
  config: { path: 'shop', ...config },
  ...(connection === undefined ? {} : { connection }),
});

test('a webhook needs a connection as soon as it has an authentication, and only then', () => {
  expect(issuesOf(webhook({}))).toEqual([]);
  expect(issuesOf(webhook({ authentication: 'none' }))).toEqual([]);
  expect(issuesOf(webhook({ authentication: 'shopify' }, 'shop'))).toEqual([]);
  expect(issuesOf(webhook({ authentication: 'shopify' }))).toEqual(['FLOW_CONNECTION_MISSING /nodes/0/connection']);
});

test('a webhook that names a connection and takes anyone is an issue: it would look safe', () => {
  expect(issuesOf(webhook({}, 'shop'))).toEqual(['FLOW_NODE_CONFIG /nodes/0/connection']);
});

test('a GET hook cannot ask for a signature of a body that is not there', () => {
  expect(issuesOf(webhook({ method: 'GET', authentication: 'github' }, 'shop'))).toEqual([
    'FLOW_NODE_CONFIG /nodes/0/config/authentication',
  ]);
  expect(issuesOf(webhook({ method: 'GET', authentication: 'bearer' }, 'shop'))).toEqual([]);
});

test('an HTTP request needs a connection to sign with', () => {
  const request = (config: Record<string, unknown>, connection?: string) => ({
    type: 'http.request',
    config: { url: 'https://example.com/', ...config },
    ...(connection === undefined ? {} : { connection }),
  });
  expect(issuesOf(request({}))).toEqual([]);
  expect(issuesOf(request({ signing: 'standard-webhooks' }, 'partner'))).toEqual([]);
  expect(issuesOf(request({ signing: 'standard-webhooks' }))).toEqual(['FLOW_CONNECTION_MISSING /nodes/0/connection']);
});
