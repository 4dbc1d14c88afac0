import { expect, test } from 'vitest';
import { alarmPlace } from './alarm-place.ts';

const ofFlow = { env: 'prod', flowId: 'orders', subject: 'prod/orders' };

test.each([
  ['dead-letter', '/exceptions/dead-letters', { env: 'prod', flow: 'orders' }],
  ['waiting', '/executions', { env: 'prod', flow: 'orders', status: 'waiting' }],
  ['queue-age', '/executions', { env: 'prod', flow: 'orders', status: 'running' }],
  ['error-rate', '/executions', { env: 'prod', flow: 'orders', status: 'failed,compensation-failed' }],
  ['hook-refused', '/health', { env: 'prod' }],
] as const)('an alarm of %s leads to %s', (kind, to, search) => {
  expect(alarmPlace({ kind, ...ofFlow })).toMatchObject({ to, search });
});

test('a silent hook leads to its flow', () => {
  expect(alarmPlace({ kind: 'hook-silent', ...ofFlow })).toEqual({
    to: '/flows/$flowId',
    params: { flowId: 'orders' },
  });
});

test('what is about a connection leads to it, in its environment; a key that ends, to the keys', () => {
  const to = { to: '/connections', search: { env: 'prod', q: 'erp' } };
  const none = { env: 'prod', flowId: null };
  expect(alarmPlace({ kind: 'credential-expiring', ...none, subject: 'connection prod/erp' })).toEqual(to);
  expect(alarmPlace({ kind: 'breaker-open', ...none, subject: 'prod/connection:erp' })).toEqual(to);
  expect(alarmPlace({ kind: 'breaker-open', ...none, subject: 'prod/host:erp.example.test' })).toBeUndefined();
  expect(alarmPlace({ kind: 'credential-expiring', env: null, flowId: null, subject: 'API key 4711' })).toEqual({
    to: '/settings',
    search: { tab: 'keys' },
  });
});

test('what the installation itself lacks is shown by no page', () => {
  expect(alarmPlace({ kind: 'store-full', env: null, flowId: null, subject: 'triggers' })).toBeUndefined();
});
