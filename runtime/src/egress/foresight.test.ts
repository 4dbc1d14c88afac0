import { expect, test } from 'vitest';
import { createForesight } from './foresight.ts';

const OWN: Record<string, readonly string[]> = { test: ['10.0.0.5:8080', 'localhost'] };
const refuses = createForesight({
  allow: ['10.9.0.0/16'],
  allowIn: (env) => OWN[env] ?? [],
  sandboxHost: '127.0.0.1:4510',
});

test.each([
  ['http://10.0.0.5:8080', { dev: true, test: false }],
  ['http://10.0.0.5', { dev: true, test: true }],
  ['https://10.9.1.1', { dev: false, test: false }],
  ['http://127.0.0.1:4510', { dev: false, test: true }],
  ['http://localhost:9000', { dev: true, test: false }],
  ['http://[::ffff:169.254.169.254]', { dev: true, test: true }],
  ['http://0x7f.1', { dev: true, test: true }],
  ['smtp://192.168.1.2:25', { dev: true, test: true }],
  // A port that http never calls, and that mail does.
  ['http://93.184.216.34:25', { dev: true, test: true }],
  ['smtp://93.184.216.34:25', { dev: false, test: false }],
  // What only a resolver could tell.
  ['https://erp.internal', { dev: false, test: false }],
  ['https://93.184.216.34', { dev: false, test: false }],
  ['not an address', { dev: false, test: false }],
])('%s', (origin, expected) => {
  expect({ dev: refuses('dev', origin), test: refuses('test', origin) }).toEqual(expected);
});
