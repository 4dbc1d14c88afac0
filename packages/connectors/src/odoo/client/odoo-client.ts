import type { HttpPort } from '@crossdock/connector-sdk';
import { jsonRpcTransport } from './json-rpc.ts';
import { json2Transport } from './json2.ts';
import type { OdooConnection } from './odoo-connection.ts';
import { versionOf } from './server-version.ts';

/** A call of a model's method. `ids` are the records it works on; a method of the model itself has none. `args` go by name. */
export interface OdooCall {
  readonly model: string;
  readonly method: string;
  readonly ids?: readonly number[];
  readonly args?: Readonly<Record<string, unknown>>;
  /** Added to the connection's own language, time zone and companies, and wins over them. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Makes one call and gives the bare value that the method returned; nothing is null. */
export type OdooTransport = (call: OdooCall) => Promise<unknown>;

/** An Odoo database, whichever interface it speaks. */
export interface OdooClient {
  /** `19` of 19.0. */
  readonly major: number;
  /** Throws what `odooError` gives, and what the HTTP port throws: after `REMOTE_TIMEOUT` nobody knows whether the call was done. */
  call(call: OdooCall): Promise<unknown>;
}

/** What a client needs of an attempt or a check. */
export interface OdooPorts {
  readonly http: HttpPort;
  readonly signal: AbortSignal;
}

/** Asks the server for its version once per version of the connection, and speaks JSON-2 from 19 on unless the settings say otherwise. */
export async function odooClient(connection: OdooConnection, ports: OdooPorts): Promise<OdooClient> {
  const { api = 'auto', lang = 'en_US', tz = 'UTC', companies } = connection.settings;
  const { major } = await versionOf(connection, ports);
  const isJson2 = api === 'json-2' || (api === 'auto' && major >= 19);
  const transport = isJson2 ? json2Transport(connection, ports) : jsonRpcTransport(connection, ports);
  const own = { lang, tz, allowed_company_ids: companies };
  return { major, call: (call) => transport({ ...call, context: { ...own, ...call.context } }) };
}
