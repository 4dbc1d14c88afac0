import { call, made, ODOO_DB, ODOO_URL } from './real-odoo.ts';

const PASSWORD = 'correct-horse-battery-1';

/** A user with the rights of an internal user and no others, and what may be done to it. */
export interface Employee {
  readonly id: number;
  readonly login: string;
  /** A key of this user that ends then, as a person makes it under Preferences. */
  key(endsAt: Date): Promise<string>;
}

export async function newEmployee(): Promise<Employee> {
  const login = `employee-${crypto.randomUUID()}`;
  const [group] = await call<{ res_id: number }[]>('ir.model.data', 'search_read', {
    args: {
      domain: [
        ['module', '=', 'base'],
        ['name', '=', 'group_user'],
      ],
      fields: ['res_id'],
    },
  });
  const values = { name: login, login, password: PASSWORD, group_ids: [[6, 0, [group?.res_id]]] };
  const id = await made('res.users', values);
  return { id, login, key: (endsAt) => keyOf(login, endsAt) };
}

interface Shown {
  readonly context: { readonly default_key: string };
}

/** Keys are made in a session of the web client only, with the password entered anew. */
async function keyOf(login: string, endsAt: Date): Promise<string> {
  const { cookie } = await web('/web/session/authenticate', { db: ODOO_DB, login, password: PASSWORD });
  const ask = async <Result>(model: string, method: string, args: unknown[], context: object = {}) => {
    const params = { model, method, args, kwargs: { context } };
    return (await web('/web/dataset/call_kw', params, cookie)).result as Result;
  };
  const expiration = endsAt.toISOString().slice(0, 19).replace('T', ' ');
  const wanted = { name: 'test', duration: '-1', expiration_date: expiration };
  const description = await ask<number>('res.users.apikeys.description', 'create', [wanted]);
  const check = await ask<{ res_id: number }>('res.users.apikeys.description', 'make_key', [[description]]);
  const password = { password: PASSWORD };
  const shown = await ask<Shown>('res.users.identitycheck', 'run_check', [[check.res_id]], password);
  return shown.context.default_key;
}

async function web(path: string, params: object, cookie = ''): Promise<{ result: unknown; cookie: string }> {
  const answer = await fetch(new URL(path, ODOO_URL), {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params }),
  });
  const { result, error } = (await answer.json()) as { result?: unknown; error?: { data?: { message: string } } };
  if (error) throw new Error(`${path}: ${error.data?.message}`);
  return {
    result,
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  };
}
