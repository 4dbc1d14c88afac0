import type { OdooPorts, OdooTransport } from './odoo-client.ts';
import { apiKeyOf, type OdooConnection } from './odoo-connection.ts';
import { errorOfHttp } from './odoo-error.ts';
import { jsonOf, remoteOf, send } from './post-json.ts';

/** `POST /json/2/<model>/<method>`, of Odoo 19 and newer: the answer is the bare value, an error has its HTTP status. */
export function json2Transport(connection: OdooConnection, ports: OdooPorts): OdooTransport {
  return async (call) => {
    const { model, method, ids, args = {}, context } = call;
    const answer = await send(connection, ports, {
      path: `/json/2/${encodeURIComponent(model)}/${encodeURIComponent(method)}`,
      body: { ...args, ...(ids === undefined ? {} : { ids }), context },
      secret: {
        authorization: `bearer ${apiKeyOf(connection)}`,
        'x-odoo-database': connection.settings.database,
      },
    });
    if (answer.status !== 200) throw errorOfHttp(connection, call, answer);
    return jsonOf(remoteOf(connection), answer);
  };
}
