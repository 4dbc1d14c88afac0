import { FlowError } from '@crossdock/errors';
import type { OdooCall, OdooPorts, OdooTransport } from './odoo-client.ts';
import { apiKeyOf, type OdooConnection } from './odoo-connection.ts';
import { errorOfHttp, errorOfRpc } from './odoo-error.ts';
import { jsonOf, remoteOf, send } from './post-json.ts';

/** `POST /jsonrpc`, of Odoo 16 to 21: always answers 200, errors lie in the body, a method that returns nothing has no `result`. */
export function jsonRpcTransport(connection: OdooConnection, ports: OdooPorts): OdooTransport {
  const { database } = connection.settings;
  return async (call) => {
    const uid = await userId(connection, ports);
    const { model, method } = call;
    const args = [database, uid, apiKeyOf(connection), model, method, ...positional(call)];
    return rpcResult(connection, ports, { service: 'object', method: 'execute_kw', args }, call);
  };
}

/** Arguments by name, but the records first; `create` looks at its first argument by position. */
function positional({ method, ids, args = {}, context }: OdooCall): [unknown[], Record<string, unknown>] {
  const { vals_list: values, ...others } = args;
  if (method === 'create' && values !== undefined) return [[values], { ...others, context }];
  return [ids === undefined ? [] : [ids], { ...args, context }];
}

async function userId(connection: OdooConnection, ports: OdooPorts): Promise<number> {
  const known = connection.memory.get('odoo.uid');
  if (typeof known === 'number') return known;
  const { database, login } = connection.settings;
  if (login === undefined) {
    const reason = 'the login is missing, which JSON-RPC (Odoo 16 to 18) needs: enter it in the settings';
    throw new FlowError('CONFIG_INVALID', { details: { what: `the connection "${connection.name}"`, reason } });
  }
  const args = [database, login, apiKeyOf(connection), {}];
  const uid = await rpcResult(connection, ports, { service: 'common', method: 'authenticate', args });
  if (typeof uid !== 'number') {
    const reason = 'login and API key do not belong together, or the key was revoked or has expired';
    const details = { remote: remoteOf(connection), connection: connection.name, env: connection.env, reason };
    throw new FlowError('CONFIG_CREDENTIALS_REFUSED', { details });
  }
  connection.memory.set('odoo.uid', uid);
  return uid;
}

/** The result of one JSON-RPC call; `call` is what it stands for, for errors. */
export async function rpcResult(
  connection: OdooConnection,
  ports: OdooPorts,
  params: { readonly service: string; readonly method: string; readonly args: readonly unknown[] },
  call: Pick<OdooCall, 'model' | 'method'> = { model: params.service, method: params.method },
): Promise<unknown> {
  const answer = await send(connection, ports, {
    path: '/jsonrpc',
    body: { jsonrpc: '2.0', id: 1, method: 'call', params },
  });
  if (answer.status !== 200) throw errorOfHttp(connection, call, answer);
  const { error, result = null } = (jsonOf(remoteOf(connection), answer) ?? {}) as {
    error?: unknown;
    result?: unknown;
  };
  if (error !== undefined) throw errorOfRpc(connection, call, error);
  return result;
}
