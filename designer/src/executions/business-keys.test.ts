import { expect, test } from 'vitest';
import { businessKeys, keyLine } from './business-keys.ts';

test('masked values come last, the others keep their order', () => {
  const keys = { email: '•••', orderNo: ['•••', '#1001'], lines: 2 };
  expect(businessKeys(keys)).toEqual([
    ['orderNo', ['#1001', '•••']],
    ['lines', ['2']],
    ['email', ['•••']],
  ]);
  expect(keyLine({ email: '•••', orderNo: '#1001' })).toBe('#1001 · •••');
});
