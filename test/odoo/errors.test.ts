import { describe, expect, test } from 'vitest';
import { newEmployee } from './employee.ts';
import { APIS, call, connectionTo, failureOf, hasOdoo, made, run } from './real-odoo.ts';

describe.skipIf(!hasOdoo).each(APIS)('errors of Odoo by %s', (api) => {
  const connection = connectionTo({ api });
  const failed = (model: string, method: string, config: Parameters<typeof call>[2] = {}, as = connection) =>
    failureOf(call(model, method, config, as));
  const later = () => new Date(Date.now() + 3_600_000);

  test.each([
    ['an unknown model', 'no.model', 'search', { args: { domain: [] } }],
    ['an unknown method', 'sale.order', 'no_method', { ids: [1] }],
    ['an unknown argument', 'sale.order', 'search', { args: { domain: [], colour: 'red' } }],
    ['a missing argument', 'sale.order', 'search_count', {}],
    ['an unknown field', 'sale.order', 'read', { ids: [1], args: { fields: ['nam'] } }],
    [
      'an unknown language',
      'product.product',
      'search_read',
      { args: { domain: [], fields: ['name'] }, context: { lang: 'xx_XX' } },
    ],
  ])('%s is the flow’s to correct', async (_title, model, method, config) => {
    const error = await failed(model, method, config);
    expect(error).toMatchObject({ code: 'CONFIG_ODOO_CALL', details: { call: `${model}/${method}` } });
    expect(JSON.stringify(error)).not.toContain('Traceback');
  });

  test('an unknown field of a search or a read is named', async () => {
    const error = await failureOf(run('odoo.read', { model: 'sale.order', ids: [1], fields: ['nam'] }, { connection }));
    expect(error?.code).toBe('CONFIG_ODOO_CALL');
    expect(error?.message).toContain(`'nam'`);
  });

  test('what the user has no rights for, and a company that is not the user’s, are refused', async () => {
    const { login, key } = await newEmployee();
    const byEmployee = connectionTo({ api, login }, await key(later()));
    const error = await failed('sale.order', 'search_read', { args: { domain: [], fields: ['name'] } }, byEmployee);
    expect(error).toMatchObject({ code: 'CONFIG_ODOO_ACCESS' });
    expect(error?.message).toContain('Sales Order');
    const elsewhere = connectionTo({ api, companies: [99_999] });
    expect((await failed('sale.order', 'search', { args: { domain: [] } }, elsewhere))?.code).toBe(
      'CONFIG_ODOO_ACCESS',
    );
  });

  test('a wrong key, one that has ended and one of an archived user are refused', async () => {
    const employee = await newEmployee();
    const refusal = async (key: string) =>
      (await failed('res.users', 'context_get', {}, connectionTo({ api, login: employee.login }, key)))?.code;
    expect(await refusal('0123456789abcdef0123456789abcdef01234567')).toBe('CONFIG_CREDENTIALS_REFUSED');
    expect(await refusal(await employee.key(new Date(Date.now() - 1000)))).toBe('CONFIG_CREDENTIALS_REFUSED');
    const good = await employee.key(later());
    expect(await refusal(good)).toBeUndefined();
    await call('res.users', 'write', { ids: [employee.id], args: { vals: { active: false } } });
    expect(await refusal(good)).toBe('CONFIG_CREDENTIALS_REFUSED');
  });

  test('rules of the business come with their words', async () => {
    const partner = await made('res.partner', { name: 'Rule' });
    const order = await made('sale.order', { partner_id: partner });
    await call('sale.order', 'action_cancel', { ids: [order] });
    const user = await failed('sale.order', 'action_confirm', { ids: [order] });
    expect(user).toMatchObject({ code: 'REMOTE_ODOO_RULE', details: { exception: 'odoo.exceptions.UserError' } });
    expect(user?.message).toContain('not in a state requiring confirmation');
    const nameless = await failed('res.partner', 'create', { args: { vals_list: [{ email: 'a@example.test' }] } });
    const details = { exception: 'odoo.exceptions.ValidationError' };
    expect(nameless).toMatchObject({ code: 'REMOTE_ODOO_RULE', details });
  });

  test('records that are not there are told apart', async () => {
    const gone = 99_999_999;
    const written = await failed('sale.order', 'write', { ids: [gone], args: { vals: { note: 'x' } } });
    expect(written?.code).toBe('REMOTE_ODOO_MISSING');
    const read = await failureOf(
      run('odoo.read', { model: 'sale.order', ids: [gone], fields: ['name'] }, { connection }),
    );
    expect(read).toMatchObject({ code: 'REMOTE_ODOO_MISSING', details: { ids: [gone] } });
  });

  test('nobody there: nothing was sent', async () => {
    const nowhere = connectionTo({ api, url: 'http://127.0.0.1:9' });
    expect(await failed('res.users', 'context_get', {}, nowhere)).toMatchObject({ details: { reached: false } });
  });
});
