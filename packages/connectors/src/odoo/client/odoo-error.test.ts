import type { HttpAnswer } from '@crossdock/connector-sdk';
import { describe, expect, test } from 'vitest';
// As Odoo 19.0 gave them, but for the traceback, which is cut.
import recorded from '../testing/errors.json' with { type: 'json' };
import type { OdooConnection } from './odoo-connection.ts';
import { errorOfHttp, errorOfRpc } from './odoo-error.ts';

const connection = {
  ...{ id: 'c1', env: 'dev', name: 'odoo', type: 'odoo', version: 1, memory: new Map(), hosts: [] },
  settings: { url: 'https://odoo.example.test', database: 'prod', companies: [1] },
  credentials: {},
} as unknown as OdooConnection;
const call = { model: 'sale.order', method: 'write' };
const answer = (status: number, body: string, headers: Record<string, string> = {}): HttpAnswer => ({
  ...{ status, headers, body: new TextEncoder().encode(body) },
});

describe.each(recorded)('$title by $api', ({ code, api, status, body }) => {
  test(`is ${code}, without the traceback`, () => {
    const error =
      api === 'json-2'
        ? errorOfHttp(connection, call, answer(status, JSON.stringify(body)))
        : errorOfRpc(connection, call, body.error);
    expect(error).toMatchObject({ code, details: { call: 'sale.order/write', env: 'dev' } });
    expect(error.details.exception).toMatch(/^(odoo|werkzeug|builtins|psycopg2)\./);
    expect(JSON.stringify(error)).not.toMatch(/Traceback|port \d/);
  });
});

test('a lock is tried again, as nothing was done; another failure of the server may have had effects', () => {
  const told = (name: string) => JSON.stringify({ name, message: 'why' });
  const locked = errorOfHttp(connection, call, answer(409, told('odoo.exceptions.LockError')));
  expect(locked).toMatchObject({ code: 'REMOTE_ODOO_LOCKED', details: { processed: false } });
  const failed = errorOfHttp(connection, call, answer(500, told('psycopg2.errors.SerializationFailure')));
  expect(failed.code).toBe('REMOTE_ERROR');
  expect(failed.details.processed).toBeUndefined();
});

test('a page in place of JSON names the database', () => {
  expect(errorOfHttp(connection, call, answer(404, '<html>')).message).toContain('no database "prod"');
});

test.each([
  [301, 'REMOTE_REJECTED'],
  [429, 'REMOTE_RATE_LIMITED'],
  [502, 'REMOTE_ERROR'],
  [503, 'REMOTE_ERROR'],
])('a proxy that answers %i gives %s, with the time that it names', (status, code) => {
  const error = errorOfHttp(connection, call, answer(status, 'busy', { 'retry-after': '7' }));
  expect(error).toMatchObject({ code, details: { retryAfterMs: 7000 } });
});
