import { loopbackHttp } from '@crossdock/connector-sdk/testing';
import { connectionChecksByType } from '@crossdock/connectors/runners';
import { describe, expect, test } from 'vitest';
import { newEmployee } from './employee.ts';
import { APIS, connectionTo, failureOf, hasOdoo, ODOO_LOGIN } from './real-odoo.ts';

const check = async (connection = connectionTo()) =>
  connectionChecksByType.get('odoo')?.(connection, {
    http: loopbackHttp(),
    connect: () => Promise.reject(new Error('no socket')),
    signal: AbortSignal.timeout(60_000),
  });

describe.skipIf(!hasOdoo).each(APIS)('the check of a connection by %s', (api) => {
  test('tells version, user, rights, modules and that no key ends', async () => {
    const modules = ['sale', 'stock', 'purchase', 'account'].map((name) => `${name} (reads and writes)`).join(', ');
    expect(await check(connectionTo({ api }))).toMatch(
      new RegExp(
        `^Odoo \\d+\\.\\d+, user ${ODOO_LOGIN}; ${modules}, delivery \\(.*\\); `.replaceAll(
          /\((reads and writes)\)/g,
          '\\($1\\)',
        ),
      ),
    );
  });

  test('tells what a user may not do, and when the key ends', async () => {
    const { login, key } = await newEmployee();
    const endsAt = new Date(Date.now() + 3_600_000);
    const told = await check(connectionTo({ api, login }, await key(endsAt)));
    const ends = `${endsAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
    expect(told).toContain(
      `user ${login}; sale (no rights), stock (no rights), purchase (no rights), account (no rights)`,
    );
    expect(told).toContain(`the first key of this user ends ${ends}`);
  });

  test('refuses a wrong key and an unknown database by name', async () => {
    expect((await failureOf(check(connectionTo({ api }, 'wrong'))))?.code).toBe('CONFIG_CREDENTIALS_REFUSED');
    const error = await failureOf(check(connectionTo({ api, database: 'nowhere' })));
    expect(error).toMatchObject({ code: 'CONFIG_ODOO_CALL' });
    expect(error?.message).toContain('no database "nowhere"');
  });
});
