import type { HttpAnswer } from '@crossdock/connector-sdk';
import { type ErrorCode, FlowError } from '@crossdock/errors';
import { errorOfAnswer } from '../../http/request/answer-error.ts';
import { codeOfException } from './exceptions.ts';
import type { OdooCall } from './odoo-client.ts';
import type { OdooConnection } from './odoo-connection.ts';
import { objectIn, remoteOf } from './post-json.ts';

/** By status where the answer names no class that is known: a proxy's, or of a version to come. */
const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'CONFIG_ODOO_CALL',
  401: 'CONFIG_CREDENTIALS_REFUSED',
  403: 'CONFIG_ODOO_ACCESS',
  404: 'CONFIG_ODOO_CALL',
  409: 'REMOTE_ODOO_LOCKED',
  422: 'REMOTE_ODOO_RULE',
};

const MAX_REASON_CHARS = 1000;
const KEY_REFUSED = 'the API key is wrong, was revoked or has expired';

type Called = Pick<OdooCall, 'model' | 'method'>;

/**
 * What an HTTP answer other than 200 means. Throttling, redirects and broken gateways are as for any HTTP call. `debug`, a traceback with
 * paths and values, goes nowhere.
 */
export function errorOfHttp(connection: OdooConnection, call: Called, answer: HttpAnswer): FlowError {
  const { status } = answer;
  const body = objectIn(answer);
  const isOdoos = body?.name !== undefined || status === 500 || status in CODES_BY_STATUS;
  if (!isOdoos) return errorOfAnswer(remoteOf(connection), answer);
  const isPage = body === undefined && status === 404;
  const reason = isPage ? noDatabase(connection) : textOf(body?.message, `it answered ${status}`);
  const name = String(body?.name ?? '');
  return errorOf(connection, call, {
    name,
    reason,
    status,
    code: codeOfException(name, reason) ?? CODES_BY_STATUS[status],
  });
}

/** What the `error` of a JSON-RPC answer means: by `data.name`, as `code` differs from version to version. */
export function errorOfRpc(connection: OdooConnection, call: Called, error: unknown): FlowError {
  const { data, message } = (error ?? {}) as { data?: { name?: unknown; message?: unknown }; message?: unknown };
  const name = String(data?.name ?? '');
  const told = textOf(data?.message, textOf(message, 'it gives no reason'));
  const code = codeOfException(name, told);
  // PostgreSQL's own words tell where it is.
  const reason = name === 'psycopg2.OperationalError' && code ? noDatabase(connection) : told;
  return errorOf(connection, call, { name, reason, code });
}

const noDatabase = ({ settings }: OdooConnection): string =>
  `there is no database "${settings.database}", or the interface is not there`;

function errorOf(
  connection: OdooConnection,
  { model, method }: Called,
  told: { name: string; reason: string; status?: number; code: ErrorCode | undefined },
): FlowError {
  const { name, reason, status, code = 'REMOTE_ERROR' } = told;
  const { name: connectionName, env } = connection;
  const details = {
    ...{ remote: remoteOf(connection), connection: connectionName, env, call: `${model}/${method}` },
    reason: code === 'CONFIG_CREDENTIALS_REFUSED' ? KEY_REFUSED : reason,
    ...(status === undefined ? {} : { status }),
    ...(name === '' ? {} : { exception: name }),
    // Waiting for a lock is given up before anything is done; another exception may come after a mail was sent or a carrier booked.
    ...(code === 'REMOTE_ODOO_LOCKED' ? { processed: false } : {}),
  };
  const message = `${details.remote} failed at ${details.call}: ${name === '' ? '' : `${name}: `}${reason}`;
  return new FlowError(code, code === 'REMOTE_ERROR' ? { details, message } : { details });
}

function textOf(value: unknown, otherwise: string): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return otherwise;
  return text.length > MAX_REASON_CHARS ? `${text.slice(0, MAX_REASON_CHARS)}…` : text;
}
