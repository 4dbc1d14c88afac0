import { FlowError } from '@crossdock/errors';
import { errorOfAnswer } from '../../http/request/answer-error.ts';
import { rpcResult } from './json-rpc.ts';
import type { OdooPorts } from './odoo-client.ts';
import type { OdooConnection } from './odoo-connection.ts';
import { objectIn, remoteOf, send } from './post-json.ts';

export interface ServerVersion {
  /** `19.0`, `saas~18.3`. */
  readonly text: string;
  readonly major: number;
}

const OLDEST = 16;

/** From `/web/version` (19 and newer), else from `common.version`. Throws `CONFIG_INVALID` for what is older than 16. */
export async function versionOf(connection: OdooConnection, ports: OdooPorts): Promise<ServerVersion> {
  const known = connection.memory.get('odoo.version') as ServerVersion | undefined;
  if (known) return known;
  const version = await askVersion(connection, ports);
  if (version.major < OLDEST) {
    const reason = `Odoo ${version.text} is older than ${OLDEST}.0, the oldest that is spoken to`;
    throw new FlowError('CONFIG_INVALID', { details: { what: `the connection "${connection.name}"`, reason } });
  }
  connection.memory.set('odoo.version', version);
  return version;
}

async function askVersion(connection: OdooConnection, ports: OdooPorts): Promise<ServerVersion> {
  const answer = await send(connection, ports, { path: '/web/version' });
  if (answer.status === 200) {
    const told = objectIn(answer);
    if (told) return readVersion(connection, told.version, told.version_info);
  }
  // Up to 18 there is no such page: 404, or the login form.
  if (answer.status === 429 || answer.status >= 500) throw errorOfAnswer(remoteOf(connection), answer);
  const told = (await rpcResult(connection, ports, { service: 'common', method: 'version', args: [] })) as Record<
    string,
    unknown
  > | null;
  return readVersion(connection, told?.server_version, told?.server_version_info);
}

/** Odoo Online names its versions between two releases `saas~18`: the number is in the text. */
function readVersion(connection: OdooConnection, text: unknown, info: unknown): ServerVersion {
  const [first] = Array.isArray(info) ? info : [];
  const major = Number(/\d+/.exec(String(first ?? text))?.[0]);
  if (typeof text === 'string' && Number.isSafeInteger(major)) return { text, major };
  const details = { remote: remoteOf(connection), reason: 'it tells no version, so it is no Odoo' };
  throw new FlowError('REMOTE_ANSWER_INVALID', { details });
}
