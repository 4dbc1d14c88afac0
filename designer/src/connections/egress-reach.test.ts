import { readEgressRule } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { egressReach } from './egress-reach.ts';

test.each([
  ['erp', 'erp at any port'],
  ['erp:8069', 'erp at port 8069 alone'],
  ['10.1.0.0/16', '65,536 addresses at any port'],
  ['10.1.0.1/32', '1 address at any port'],
  ['fd00::/8', '2^120 addresses at any port'],
])('%s opens %s', (text, words) => {
  const rule = readEgressRule(text);
  expect(rule && egressReach(rule)).toBe(words);
});
