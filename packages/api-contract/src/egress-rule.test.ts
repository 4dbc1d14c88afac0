import { expect, test } from 'vitest';
import { opensCloudMetadata, readEgressRule } from './egress-rule.ts';

test.each([
  ['erp', { kind: 'host', host: 'erp' }],
  ['erp.internal:8069', { kind: 'host', host: 'erp.internal', port: 8069 }],
  ['10.1.0.4', { kind: 'host', host: '10.1.0.4' }],
  ['fd00::1', { kind: 'host', host: 'fd00::1' }],
  ['[fd00::1]:443', { kind: 'host', host: 'fd00::1', port: 443 }],
  ['10.1.0.0/16', { kind: 'range', address: '10.1.0.0', prefix: 16, family: 4 }],
  ['::ffff:10.0.0.0/104', { kind: 'range', address: '::ffff:10.0.0.0', prefix: 104, family: 6 }],
])('%s is a rule', (text, rule) => {
  expect(readEgressRule(text)).toEqual(rule);
});

test.each([
  ...['', ' erp', 'erp:0', 'erp:65536', 'erp:', 'http://erp', 'erp/orders', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8'],
  ...['fd00::/129', '[erp]:80', '[fd00::1', 'a b', '*', '256.0.0.0/8', '::1%lo/64'],
])('"%s" is none', (text) => {
  expect(readEgressRule(text)).toBeUndefined();
});

test('ranges that hold the metadata of clouds are known', () => {
  const opens = (text: string) =>
    opensCloudMetadata(readEgressRule(text) as NonNullable<ReturnType<typeof readEgressRule>>);
  expect(['0.0.0.0/0', '169.254.0.0/16', '169.254.169.254', '160.0.0.0/4'].map(opens)).not.toContain(false);
  expect(['10.0.0.0/8', '169.253.0.0/16', '::/0', 'metadata', '169.254.169.255/32'].map(opens)).not.toContain(true);
});
