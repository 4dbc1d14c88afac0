import { expect, test } from 'vitest';
import { looksInvented } from './looks-invented.ts';

test.each([
  ...[
    'buyer@example.com',
    'ada@mail.example.org',
    'kim@shop.test',
    'https://shop.example/orders',
    'x <ann@example.net>',
  ],
  ...['+1 859 555 0137', '(212) 555-0199', '+44 20 7946 0958', '07700 900123', '+49 30 23125 123'],
  ...['•••', '***', 'xxxx', 'XXXX-XXXX', '0000 0000', '12345678', '0123456789', 'DE', '', 7, 1111],
  ...['Example Street 1', 'Jane Doe', 'Erika Mustermann', 'test customer', '[redacted]', 'Sample Ltd'],
])('%s is seen to be invented', (value) => {
  expect(looksInvented(value)).toBe(true);
});

test.each([
  ...[
    'ada@lovelace.org',
    'bob@example.company.com',
    'a@testing.io',
    'latest news',
    '+49 170 4711081',
    '+1 859 555 1137',
  ],
  ...['Grace Murray', '412 Commerce Drive', 'DE89370400440532013000', 47114711, 'Contest Road 9'],
])('%s may be real', (value) => {
  expect(looksInvented(value)).toBe(false);
});
