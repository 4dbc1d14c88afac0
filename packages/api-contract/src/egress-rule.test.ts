import { expect, test } from 'vitest';
import { cloudMetadataIn, readEgressRule } from './egress-rule.ts';

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

test.each([
  ...['0.0.0.0/0', '169.254.0.0/16', '169.254.169.254', '169.254.169.254:80', '160.0.0.0/4', '169.254.170.2'],
  ...['100.64.0.0/10', '168.63.129.16', '192.0.0.0/24'],
  ...['::/0', 'fd00::/8', 'fc00::/7', 'fd00:ec2::254', 'FD00:0ec2:0:0::254', '[fd00:ec2::23]:80', 'fd20:ce::254/128'],
  ...['fd00:42::/64', 'fe80::/10', '::ffff:169.254.169.254', '::ffff:a9fe:0/112', '64:ff9b::/96', '64:ff9b::a9fe:a9fe'],
])('%s opens metadata of clouds', (text) => {
  expect(cloudMetadataIn(readEgressRule(text)!)).toBeDefined();
});

test.each([
  ...['10.0.0.0/8', '169.253.0.0/16', 'metadata', '169.254.169.255/32', '100.64.0.0/16', '172.16.0.0/12'],
  ...[
    'fd00:ec3::/32',
    'fd12:3456::/32',
    'fd00:ec2::255',
    '[fd00::1]:443',
    '::1',
    '2001:db8::/32',
    '::ffff:10.0.0.0/104',
  ],
])('%s opens none', (text) => {
  expect(cloudMetadataIn(readEgressRule(text)!)).toBeUndefined();
});

test('the address that a rule opens is told', () => {
  expect(cloudMetadataIn(readEgressRule('fd00:ec2::/32')!)).toBe('fd00:ec2::254');
  expect(cloudMetadataIn(readEgressRule('::ffff:0:0/96')!)).toBe('169.254.169.254');
});
